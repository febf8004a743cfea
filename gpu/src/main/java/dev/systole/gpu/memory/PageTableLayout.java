package dev.systole.gpu.memory;

import static dev.systole.gpu.memory.DeviceMemory.ADDRESS_MASK;
import static dev.systole.gpu.memory.DeviceMemory.LOCAL;
import static dev.systole.spec.gen12.PageTableStructures.*;

/**
 * How a PPGTT is laid out: four levels of 512 entries, of which a directory entry may be a page of
 * 2 MiB or name a table of 64 KiB pages (i915-kernel.md 6.1).
 */
public enum PageTableLayout {
  /**
   * Tiger Lake: tables lie in system memory. Bit 11 of a directory entry makes every sixteenth
   * entry of its table count.
   */
  EVERY_SIXTEENTH,

  /**
   * DG2: tables lie in local memory, since a directory entry has no bit that could tell (and both
   * kernel drivers put them there). Bit 6 of a directory entry makes its table compact, 32 entries
   * of 64 KiB; bit 8 of an entry in a full table says that sixteen of them are one page.
   */
  COMPACT;

  private static final int PML4 = 3;
  private static final int DIRECTORY = 1;
  private static final int LEVEL_BITS = 9;
  private static final int INDEX_MASK = 0x1ff;
  private static final int SIXTEENTH_MASK = 0x1f0;
  private static final int COMPACT_MASK = 0x1f;
  private static final int MEDIUM_SHIFT = 16;
  private static final long MEDIUM_PAGE_MASK = (1L << MEDIUM_SHIFT) - 1;
  private static final long LARGE_PAGE_MASK = (1L << 21) - 1;

  /**
   * Where the tables with this root map {@code address} to. A table that is not in memory has no
   * entries.
   *
   * @return the place of the 4 KiB around the address, or {@code ~level} of the entry that is not
   *     present: 0 page table, 1 directory, 2 directory pointers, 3 PML4
   */
  long walk(DeviceMemory memory, long root, long address) {
    long table = root;
    long entry = 0;
    for (int level = PML4; level >= DIRECTORY; level--) {
      entry = entry(memory, table, address >>> Page.SHIFT + LEVEL_BITS * level & INDEX_MASK);
      if ((entry & PAGE_DIRECTORY_ENTRY_PRESENT) == 0) return ~level;
      table = entry & ADDRESS_MASK;
    }
    if ((entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB) != 0) {
      return place(memory, entry, address, LARGE_PAGE_MASK);
    }
    return switch (this) {
      case EVERY_SIXTEENTH -> walkFull(memory, table, entry, address);
      case COMPACT -> walkCompact(memory, table, entry, address);
    };
  }

  private long walkFull(DeviceMemory memory, long table, long directoryEntry, long address) {
    boolean medium = (directoryEntry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_64_KIB) != 0;
    long entry = entry(memory, table, lastIndex(directoryEntry, address));
    return leaf(memory, entry, address, medium);
  }

  private long walkCompact(DeviceMemory memory, long table, long directoryEntry, long address) {
    boolean compact = (directoryEntry & PAGE_DIRECTORY_ENTRY_COMPACT_TABLE) != 0;
    long entry = entry(memory, table, lastIndex(directoryEntry, address));
    boolean medium = compact || (entry & PAGE_TABLE_ENTRY_PAGE_SIZE_64_KIB) != 0;
    return leaf(memory, entry, address, medium);
  }

  /** Which entry of the last level's table maps the address. */
  private long lastIndex(long directoryEntry, long address) {
    return switch (this) {
      case EVERY_SIXTEENTH -> {
        boolean medium = (directoryEntry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_64_KIB) != 0;
        yield address >>> Page.SHIFT & (medium ? SIXTEENTH_MASK : INDEX_MASK);
      }
      case COMPACT -> {
        boolean compact = (directoryEntry & PAGE_DIRECTORY_ENTRY_COMPACT_TABLE) != 0;
        yield compact
            ? address >>> MEDIUM_SHIFT & COMPACT_MASK
            : address >>> Page.SHIFT & INDEX_MASK;
      }
    };
  }

  /** The place of the entry that maps {@code address}, or {@link DeviceMemory#NOWHERE}. */
  long entryPlace(DeviceMemory memory, long root, long address) {
    long table = root;
    long entry = 0;
    long place = DeviceMemory.NOWHERE;
    for (int level = PML4; level >= DIRECTORY; level--) {
      long index = address >>> Page.SHIFT + LEVEL_BITS * level & INDEX_MASK;
      entry = entry(memory, table, index);
      if ((entry & PAGE_DIRECTORY_ENTRY_PRESENT) == 0) return DeviceMemory.NOWHERE;
      place = tablePlace(table) | index << 3;
      table = entry & ADDRESS_MASK;
    }
    boolean large = (entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB) != 0;
    return large ? place : tablePlace(table) | lastIndex(entry, address) << 3;
  }

  private long tablePlace(long table) {
    return this == COMPACT ? table | LOCAL : table;
  }

  private long entry(DeviceMemory memory, long table, long index) {
    Page page = memory.read(tablePlace(table));
    return page == Page.ONES ? 0 : page.load64((int) index << 3);
  }

  private static long leaf(DeviceMemory memory, long entry, long address, boolean medium) {
    if ((entry & PAGE_TABLE_ENTRY_PRESENT) == 0) return ~0;
    return place(memory, entry, address, medium ? MEDIUM_PAGE_MASK : Page.OFFSET_MASK);
  }

  private static long place(DeviceMemory memory, long entry, long address, long pageMask) {
    boolean local = memory.hasLocal() && (entry & PAGE_TABLE_ENTRY_LOCAL_MEMORY) != 0;
    long inPage = address & pageMask & ~(long) Page.OFFSET_MASK;
    return entry & ADDRESS_MASK & ~pageMask | inPage | (local ? LOCAL : 0);
  }
}
