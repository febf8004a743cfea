package dev.systole.driver.core;

/**
 * Pages of system memory by bus address, and the kernel's own mapping of them. Allocation is
 * deterministic: the same calls give the same addresses.
 */
public interface SystemMemory {
  /** Size of a page. */
  int PAGE_BYTES = 4096;

  /**
   * Zeroed pages, contiguous in bus addresses.
   *
   * @return the bus address of the first
   * @throws DeviceException when memory is exhausted
   */
  long allocatePages(int count);

  /** Gives back what one call of {@link #allocatePages} returned. */
  void freePages(long busAddress, int count);

  /** Reads a little-endian dword. */
  int read32(long busAddress);

  /** Writes a little-endian dword. */
  void write32(long busAddress, int value);

  /** Reads a little-endian qword. */
  long read64(long busAddress);

  /** Writes a little-endian qword. */
  void write64(long busAddress, long value);

  /** Copies memory out. */
  void read(long busAddress, byte[] target, int offset, int lengthBytes);

  /** Copies into memory. */
  void write(long busAddress, byte[] source, int offset, int lengthBytes);
}
