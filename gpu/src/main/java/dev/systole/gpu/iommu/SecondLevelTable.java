package dev.systole.gpu.iommu;

import static dev.systole.spec.gen12.DmaRemapping.*;

import dev.systole.gpu.memory.PagedMemory;

/** The page table of a domain: four levels, pages of 4 KiB, 2 MiB and 1 GiB. */
final class SecondLevelTable {
  /** Bits 51 to 12 of an entry. */
  static final long ADDRESS_MASK = 0xffffffffff000L;

  private static final long PERMISSIONS = DMAR_PAGE_ENTRY_READ | DMAR_PAGE_ENTRY_WRITE;

  /** What {@link #walk} returns: an address, and permissions in the lowest bits. */
  static final long TARGET_MASK = ADDRESS_MASK | PERMISSIONS;

  private static final int TOP_LEVEL = 3;
  private static final int PAGE_SHIFT = 12;
  private static final int LEVEL_BITS = 9;
  private static final int INDEX_MASK = 0x1ff;
  private static final int ENTRY_SHIFT = 3;

  private SecondLevelTable() {}

  /** Whether there is memory at {@code address}. */
  static boolean reachable(PagedMemory memory, long address) {
    return Long.compareUnsigned(address, memory.sizeBytes()) < 0;
  }

  /**
   * Translates a page.
   *
   * @return its address in memory with what is permitted there, or {@code ~reason} of the fault
   */
  static long walk(PagedMemory memory, long root, long address, boolean write) {
    long wanted = write ? DMAR_PAGE_ENTRY_WRITE : DMAR_PAGE_ENTRY_READ;
    int denied =
        write ? DMAR_FRCD_REG_REASON_WRITE_NOT_PERMITTED : DMAR_FRCD_REG_REASON_READ_NOT_PERMITTED;
    long permitted = PERMISSIONS;
    long table = root;
    for (int level = TOP_LEVEL; ; level--) {
      if (!reachable(memory, table)) return ~DMAR_FRCD_REG_REASON_PAGE_TABLE_UNREACHABLE;
      int shift = PAGE_SHIFT + LEVEL_BITS * level;
      long entry = memory.load64(table + ((address >>> shift & INDEX_MASK) << ENTRY_SHIFT));
      permitted &= entry;
      if ((permitted & wanted) == 0) return ~denied;
      boolean large = level > 0 && (entry & DMAR_PAGE_ENTRY_PAGE_SIZE) != 0;
      if (large && level == TOP_LEVEL) {
        return ~DMAR_FRCD_REG_REASON_RESERVED_BITS_IN_PAGE_TABLE;
      }
      if (large || level == 0) {
        long pageMask = (1L << shift) - 1;
        return (entry & ~pageMask | address & pageMask) & ADDRESS_MASK | permitted;
      }
      table = entry & ADDRESS_MASK;
    }
  }
}
