package dev.systole.recorder;

import dev.systole.driver.core.MemoryAccess;
import dev.systole.gpu.pci.PciFunction;

/** Memory as processes reach it through their mappings: no door of the kernel is on the way. */
record UserMemory(PciFunction function) implements MemoryAccess {
  @Override
  public int read32(long busAddress) {
    return function.readMemory32(busAddress);
  }

  @Override
  public void write32(long busAddress, int value) {
    function.writeMemory32(busAddress, value);
  }

  @Override
  public long read64(long busAddress) {
    return function.readMemory64(busAddress);
  }

  @Override
  public void write64(long busAddress, long value) {
    function.writeMemory64(busAddress, value);
  }

  @Override
  public void read(long busAddress, byte[] target, int offset, int lengthBytes) {
    function.readMemory(busAddress, target, offset, lengthBytes);
  }

  @Override
  public void write(long busAddress, byte[] source, int offset, int lengthBytes) {
    function.writeMemory(busAddress, source, offset, lengthBytes);
  }
}
