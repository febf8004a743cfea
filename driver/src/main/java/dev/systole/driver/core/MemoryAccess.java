package dev.systole.driver.core;

/** Memory by bus address, as the CPU reads and writes it; values are little-endian. */
public interface MemoryAccess {
  /** Reads a dword. */
  int read32(long busAddress);

  /** Writes a dword. */
  void write32(long busAddress, int value);

  /** Reads a qword. */
  long read64(long busAddress);

  /** Writes a qword. */
  void write64(long busAddress, long value);

  /** Copies memory out. */
  void read(long busAddress, byte[] target, int offset, int lengthBytes);

  /** Copies into memory. */
  void write(long busAddress, byte[] source, int offset, int lengthBytes);
}
