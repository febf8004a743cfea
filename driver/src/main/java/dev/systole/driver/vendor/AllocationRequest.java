package dev.systole.driver.vendor;

/** Private data of an allocation: what the user-mode driver wants. */
public record AllocationRequest(long sizeBytes, Usage usage) {
  /** What the allocation is for, which decides where it lives. */
  public enum Usage {
    /** Read and written by the GPU: graphics memory. */
    SURFACE,
    /** Filled by the CPU, read once by the GPU: system memory. */
    COMMANDS
  }
}
