package dev.systole.driver.ddi;

/**
 * {@code DXGK_PTE}: an entry as the OS sees it, before the driver encodes it (wddm.md 3.2).
 *
 * @param flags its first word: validity, protection, segment
 * @param pageAddress number of the 4 KiB page in the segment; of a table in levels above 0
 */
public record PageTableEntry(long flags, long pageAddress) {
  private static final int VALID = 1;
  private static final int SEGMENT_SHIFT = 5;
  private static final int SEGMENT_MASK = 0x1f;
  private static final int PAGE_SHIFT = 12;

  /** Maps nothing. */
  public static final PageTableEntry INVALID = new PageTableEntry(0, 0);

  /** Maps the page, or points to the table, at a place. */
  public static PageTableEntry of(GpuPhysicalAddress place) {
    return new PageTableEntry(
        VALID | (long) place.segmentId() << SEGMENT_SHIFT,
        place.segmentOffsetBytes() >>> PAGE_SHIFT);
  }

  /** Whether it maps anything. */
  public boolean valid() {
    return (flags & VALID) != 0;
  }

  /** Where the page or table lies. */
  public GpuPhysicalAddress place() {
    int segment = (int) (flags >>> SEGMENT_SHIFT) & SEGMENT_MASK;
    return new GpuPhysicalAddress(segment, pageAddress << PAGE_SHIFT);
  }
}
