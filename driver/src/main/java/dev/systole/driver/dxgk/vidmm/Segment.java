package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.GpuPhysicalAddress;
import java.util.OptionalLong;

/** The memory segment: places for allocations and, at its end, for page tables. */
final class Segment {
  /** Share of the segment that is kept for page tables and the paging buffer. */
  private static final int TABLES_SHARE = 4;

  private final int id;
  private final long cpuAddress;
  private final long sizeBytes;
  private final RangeAllocator content;
  private final RangeAllocator tables;

  /**
   * A segment of the driver.
   *
   * @param cpuAddress kernel address of its first byte
   */
  Segment(int id, long cpuAddress, long sizeBytes) {
    this.id = id;
    this.cpuAddress = cpuAddress;
    this.sizeBytes = sizeBytes;
    long tablesBytes = sizeBytes / TABLES_SHARE;
    content = new RangeAllocator(0, sizeBytes - tablesBytes);
    tables = new RangeAllocator(sizeBytes - tablesBytes, tablesBytes);
  }

  long sizeBytes() {
    return sizeBytes;
  }

  GpuPhysicalAddress at(long offsetBytes) {
    return new GpuPhysicalAddress(id, offsetBytes);
  }

  long cpuAddress(long offsetBytes) {
    return cpuAddress + offsetBytes;
  }

  /** Offset of a place for an allocation; empty when there is none. */
  OptionalLong allocate(long bytes, long alignmentBytes) {
    return content.allocate(bytes, alignmentBytes, 0, sizeBytes);
  }

  void free(long offsetBytes, long bytes) {
    content.release(offsetBytes, bytes);
  }

  /** Offset of a place for page tables or a paging buffer; empty when there is none. */
  OptionalLong allocateTables(long bytes) {
    return tables.allocate(bytes);
  }

  void freeTable(long offsetBytes) {
    tables.release(offsetBytes, SystemMemory.PAGE_BYTES);
  }
}
