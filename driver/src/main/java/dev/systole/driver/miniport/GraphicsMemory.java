package dev.systole.driver.miniport;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.GpuPhysicalAddress;

/**
 * The segments of an integrated GPU: graphics memory that is carved out of system memory, and the
 * aperture, into which Dxgkrnl maps nothing as long as no allocation is accessed physically.
 */
final class GraphicsMemory {
  static final int MEMORY_SEGMENT = 1;
  static final int APERTURE_SEGMENT = 2;
  static final long MEMORY_BYTES = 16L << 20;
  static final long APERTURE_BYTES = 2L << 30;

  private static final int PAGES = (int) (MEMORY_BYTES / SystemMemory.PAGE_BYTES);

  private final SystemMemory memory;
  private final long busAddress;

  /** Takes the graphics memory out of system memory. */
  GraphicsMemory(SystemMemory memory) {
    this.memory = memory;
    busAddress = memory.allocatePages(PAGES);
  }

  /** Where the graphics memory begins, for CPU and GPU alike. */
  long busAddress() {
    return busAddress;
  }

  /** The bus address of a place in system memory or in graphics memory. */
  long busAddress(GpuPhysicalAddress place) {
    return switch (place.segmentId()) {
      case 0 -> place.segmentOffsetBytes();
      case MEMORY_SEGMENT -> busAddress + place.segmentOffsetBytes();
      default -> throw new IllegalStateException("no bus address: " + place);
    };
  }

  void free() {
    memory.freePages(busAddress, PAGES);
  }
}
