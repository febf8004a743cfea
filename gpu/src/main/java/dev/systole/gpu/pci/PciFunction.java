package dev.systole.gpu.pci;

/**
 * The bus door: everything that the kernel side can do to the device, one method per kind of
 * access, primitives only. An access happens at the present of the {@link
 * dev.systole.gpu.sim.VirtualClock}: the hardware first runs up to it, inclusive.
 *
 * <p>No access throws: what is outside of a BAR or of memory reads as all ones and ignores writes,
 * as on a real bus.
 */
public interface PciFunction {
  /** Reads configuration space; {@code widthBytes} is 1, 2 or 4. */
  int readConfig(int offsetBytes, int widthBytes);

  /** Writes configuration space; {@code widthBytes} is 1, 2 or 4. */
  void writeConfig(int offsetBytes, int widthBytes, int value);

  /** Reads a 32-bit register of BAR 0. */
  int readRegister(int offsetBytes);

  /** Writes a 32-bit register of BAR 0. */
  void writeRegister(int offsetBytes, int value);

  /** Reads 64 bits of BAR 0: the GGTT's entries, from 8 MiB on, and the fence registers. */
  long readRegister64(int offsetBytes);

  /** Writes 64 bits of BAR 0. */
  void writeRegister64(int offsetBytes, long value);

  /** Reads a little-endian dword of memory at a bus address. */
  int readMemory32(long busAddress);

  /** Writes a little-endian dword of memory at a bus address. */
  void writeMemory32(long busAddress, int value);

  /** Reads a little-endian qword of memory at a bus address. */
  long readMemory64(long busAddress);

  /** Writes a little-endian qword of memory at a bus address. */
  void writeMemory64(long busAddress, long value);

  /** Copies memory from a bus address on into {@code target}. */
  void readMemory(long busAddress, byte[] target, int offset, int lengthBytes);

  /** Copies {@code source} to memory from a bus address on. */
  void writeMemory(long busAddress, byte[] source, int offset, int lengthBytes);

  /**
   * Reads a 32-bit register of the remapping unit that stands between the function and system
   * memory (VT-d; {@link dev.systole.spec.gen12.DmaRemapping}). The unit has nothing to do with the
   * function's state: it answers always.
   */
  int readIommu(int offsetBytes);

  /** Writes a 32-bit register of the remapping unit; of a 64-bit one, the lower half first. */
  void writeIommu(int offsetBytes, int value);

  /** Connects the line of the remapping unit's fault event; the last one connected is it. */
  void connectIommu(InterruptLine line);

  /** Connects the interrupt line; there is one, and the last one connected is it. */
  void connect(InterruptLine line);
}
