package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;

/** A part of an allocation that has addresses in an address space. */
final class GpuMapping {
  private final AddressSpace space;
  private final VidMmAllocation allocation;
  private final long address;
  private final long offsetPages;
  private final int pages;
  private boolean written;

  GpuMapping(
      AddressSpace space, VidMmAllocation allocation, long address, long offsetPages, int pages) {
    this.space = space;
    this.allocation = allocation;
    this.address = address;
    this.offsetPages = offsetPages;
    this.pages = pages;
  }

  AddressSpace space() {
    return space;
  }

  VidMmAllocation allocation() {
    return allocation;
  }

  long address() {
    return address;
  }

  long endAddress() {
    return address + sizeBytes();
  }

  long offsetBytes() {
    return offsetPages * SystemMemory.PAGE_BYTES;
  }

  int pages() {
    return pages;
  }

  long sizeBytes() {
    return (long) pages * SystemMemory.PAGE_BYTES;
  }

  /** Whether the page tables hold it. */
  boolean written() {
    return written;
  }

  void written(boolean now) {
    written = now;
  }
}
