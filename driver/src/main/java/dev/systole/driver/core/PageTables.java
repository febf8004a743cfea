package dev.systole.driver.core;

/**
 * The Gen12 page-table format (i915-kernel.md 6.1): four levels of 512 eight-byte entries. Level 0
 * is the table of 4 KiB pages (PT), then PD, PDP and, as the root, PML4 at level 3. An address that
 * nothing maps reads and writes a scratch page and does not fault: every unused entry points to the
 * scratch table of the level below.
 */
public interface PageTables {
  int LEVELS = 4;
  int ENTRIES = 512;

  /** What an unused entry of a table of {@code level} must hold. */
  long unusedEntry(int level);

  /** A level 0 entry that maps a page of system memory, readable and writable, cached. */
  long pageEntry(long pageBusAddress);

  /** An entry of level 1 to 3 that points to a table of the level below. */
  long tableEntry(long tableBusAddress);

  /** Which entry of a table of {@code level} translates {@code address}. */
  static int index(int level, long address) {
    return (int) (address >>> (12 + 9 * level)) & (ENTRIES - 1);
  }

  /** A new table of {@code level} with unused entries only; a page of {@link SystemMemory}. */
  long createTable(int level);

  /** Writes one entry. */
  void write(long tableBusAddress, int index, long entry);

  /**
   * Maps contiguous pages below {@code root}, creating tables where they are missing. For front
   * ends that leave page tables to the core; VidMm writes its own with {@link #write}.
   */
  void map(long root, long address, long busAddress, int pages);

  /** Bus address that {@code address} translates to; the scratch page where nothing is mapped. */
  long translate(long root, long address);
}
