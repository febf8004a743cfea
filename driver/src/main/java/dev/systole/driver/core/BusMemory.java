package dev.systole.driver.core;

import dev.systole.gpu.pci.PciFunction;

/** Memory as it is reached through a device's door. */
public class BusMemory implements MemoryAccess {
  private final PciFunction function;

  /** The memory that {@code function} reaches. */
  public BusMemory(PciFunction function) {
    this.function = function;
  }

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
