package dev.systole.driver.core;

/**
 * Pages of system memory by bus address, and the kernel's own mapping of them. Allocation is
 * deterministic: the same calls give the same addresses.
 */
public interface SystemMemory extends MemoryAccess {
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
}
