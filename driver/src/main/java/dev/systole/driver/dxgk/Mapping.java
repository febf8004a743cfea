package dev.systole.driver.dxgk;

import dev.systole.driver.dxgk.vidmm.VidMmAllocation;

/** Memory that a process sees at an address. */
sealed interface Mapping {
  /** How many bytes it sees. */
  long sizeBytes();

  /** An allocation, wherever it lies at the moment; writable. */
  record OfAllocation(VidMmAllocation allocation) implements Mapping {
    @Override
    public long sizeBytes() {
      return allocation.sizeBytes();
    }
  }

  /** The value of a fence, which only the kernel and the GPU write. */
  record OfFence(long busAddress) implements Mapping {
    @Override
    public long sizeBytes() {
      return Long.BYTES;
    }
  }
}
