package dev.systole.driver.cpu;

import dev.systole.gpu.pci.InterruptLine;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.gpu.sim.VirtualClock;

/** Lets every access of the kernel side to the device cost CPU time, before it happens. */
public final class PacedFunction implements PciFunction {
  private final PciFunction function;
  private final VirtualClock clock;

  /** Stands before {@code function} and charges {@code clock}. */
  public PacedFunction(PciFunction function, VirtualClock clock) {
    this.function = function;
    this.clock = clock;
  }

  @Override
  public int readConfig(int offsetBytes, int widthBytes) {
    clock.charge(CrossingCosts.CONFIG_ACCESS_NANOS);
    return function.readConfig(offsetBytes, widthBytes);
  }

  @Override
  public void writeConfig(int offsetBytes, int widthBytes, int value) {
    clock.charge(CrossingCosts.CONFIG_ACCESS_NANOS);
    function.writeConfig(offsetBytes, widthBytes, value);
  }

  @Override
  public int readRegister(int offsetBytes) {
    clock.charge(CrossingCosts.REGISTER_READ_NANOS);
    return function.readRegister(offsetBytes);
  }

  @Override
  public void writeRegister(int offsetBytes, int value) {
    clock.charge(CrossingCosts.REGISTER_WRITE_NANOS);
    function.writeRegister(offsetBytes, value);
  }

  @Override
  public long readRegister64(int offsetBytes) {
    clock.charge(CrossingCosts.REGISTER_READ_NANOS);
    return function.readRegister64(offsetBytes);
  }

  @Override
  public void writeRegister64(int offsetBytes, long value) {
    clock.charge(CrossingCosts.REGISTER_WRITE_NANOS);
    function.writeRegister64(offsetBytes, value);
  }

  @Override
  public int readMemory32(long busAddress) {
    clock.charge(CrossingCosts.memoryNanos(Integer.BYTES));
    return function.readMemory32(busAddress);
  }

  @Override
  public void writeMemory32(long busAddress, int value) {
    clock.charge(CrossingCosts.memoryNanos(Integer.BYTES));
    function.writeMemory32(busAddress, value);
  }

  @Override
  public long readMemory64(long busAddress) {
    clock.charge(CrossingCosts.memoryNanos(Long.BYTES));
    return function.readMemory64(busAddress);
  }

  @Override
  public void writeMemory64(long busAddress, long value) {
    clock.charge(CrossingCosts.memoryNanos(Long.BYTES));
    function.writeMemory64(busAddress, value);
  }

  @Override
  public void readMemory(long busAddress, byte[] target, int offset, int lengthBytes) {
    clock.charge(CrossingCosts.memoryNanos(lengthBytes));
    function.readMemory(busAddress, target, offset, lengthBytes);
  }

  @Override
  public void writeMemory(long busAddress, byte[] source, int offset, int lengthBytes) {
    clock.charge(CrossingCosts.memoryNanos(lengthBytes));
    function.writeMemory(busAddress, source, offset, lengthBytes);
  }

  @Override
  public int readIommu(int offsetBytes) {
    clock.charge(CrossingCosts.REGISTER_READ_NANOS);
    return function.readIommu(offsetBytes);
  }

  @Override
  public void writeIommu(int offsetBytes, int value) {
    clock.charge(CrossingCosts.REGISTER_WRITE_NANOS);
    function.writeIommu(offsetBytes, value);
  }

  @Override
  public void connectIommu(InterruptLine line) {
    function.connectIommu(line);
  }

  @Override
  public void connect(InterruptLine line) {
    function.connect(line);
  }
}
