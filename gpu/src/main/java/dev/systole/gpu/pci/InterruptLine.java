package dev.systole.gpu.pci;

/** The wake door: the device asks for the kernel side's attention. */
@FunctionalInterface
public interface InterruptLine {
  /**
   * The device raised its interrupt (an MSI: an edge, not a level).
   *
   * @param timeNanos the virtual time at which the hardware did so, which may lie before the
   *     present of a CPU that was busy meanwhile
   */
  void raise(long timeNanos);
}
