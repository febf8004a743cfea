package dev.systole.gpu.memory;

import static dev.systole.spec.gen12.PageTableStructures.*;

import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * Memory as one engine addresses it: through the global GTT, or through the page tables of the
 * running context (i915-kernel.md 6.1: four levels, 4 KiB, 64 KiB and 2 MiB pages). Translations
 * are cached until they are invalidated, so that software that forgets to do so sees stale ones.
 *
 * <p>An entry that is not present is a page fault: the read gives zeroes, the write is lost, and
 * the fault is reported. Addresses beyond system memory read as ones.
 */
public final class AddressSpace {
  private static final int TLB_ENTRIES = 1024;
  private static final long ADDRESS_MASK = 0x3ffffffff000L;
  private static final long VIRTUAL_MASK = 0xffffffffffffL;
  private static final int INDEX_MASK = 0x1ff;
  private static final int PML4_SHIFT = 39;
  private static final int LEVEL_BITS = 9;
  private static final int DIRECTORY_SHIFT = 21;
  private static final long LARGE_PAGE_MASK = (1L << DIRECTORY_SHIFT) - 1;
  private static final long MEDIUM_PAGE_MASK = 0xffffL;
  private static final long UNMAPPED = -1;
  private static final int GENERATION_SHIFT = 40;
  private static final long LAST_GENERATION = 1L << 63 - GENERATION_SHIFT;

  private final PagedMemory system;
  private final PagedMemory ggttEntries;
  private final PageFaults faults;
  private final Page sink;

  private final long[] tags = new long[TLB_ENTRIES];
  private final Page[] pages = new Page[TLB_ENTRIES];
  private long generation;
  private long cachedHash;
  private long pml4;

  /**
   * @param ggttEntries the table of the GGTT, an entry of 8 bytes for each page
   * @param faults is told of translations that fail
   */
  public AddressSpace(PagedMemory system, PagedMemory ggttEntries, PageFaults faults) {
    this.system = system;
    this.ggttEntries = ggttEntries;
    this.faults = faults;
    sink = new Page(null, -1);
  }

  /** Goes over to the page tables whose root is at bus address {@code pml4}. */
  public void load(long pml4) {
    this.pml4 = pml4 & ADDRESS_MASK;
    invalidate();
  }

  /** Forgets every cached translation: their tags are of another generation now. */
  public void invalidate() {
    cachedHash = 0;
    if (++generation == LAST_GENERATION) {
      generation = 0;
      Arrays.fill(tags, 0);
    }
  }

  /** The page of {@code address} to read from. */
  public Page read(long address, boolean ggtt) {
    long tag = tag(address, ggtt);
    int slot = slot(tag);
    return tags[slot] == tag ? pages[slot] : translateForRead(address, ggtt, tag, slot);
  }

  /** The page of {@code address} to write to. */
  public Page write(long address, boolean ggtt) {
    long tag = tag(address, ggtt);
    int slot = slot(tag);
    return tags[slot] == tag ? pages[slot] : translateForWrite(address, ggtt, tag, slot);
  }

  /** Whether {@code address} is mapped; reports a fault when it is not. */
  public boolean isMapped(long address, boolean ggtt) {
    long tag = tag(address, ggtt);
    return tags[slot(tag)] == tag || busAddress(address, ggtt) != UNMAPPED;
  }

  /**
   * Loads the dword at {@code address}, whose two lowest bits are ignored, as the hardware does.
   */
  public int load32(long address, boolean ggtt) {
    return read(address, ggtt).load32((int) address & Page.OFFSET_MASK & ~3);
  }

  /** Loads the qword at {@code address}, of which the lowest three bits are ignored. */
  public long load64(long address, boolean ggtt) {
    return read(address, ggtt).load64((int) address & Page.OFFSET_MASK & ~7);
  }

  public void store32(long address, boolean ggtt, int value) {
    write(address, ggtt).store32((int) address & Page.OFFSET_MASK & ~3, value);
  }

  public void store64(long address, boolean ggtt, long value) {
    write(address, ggtt).store64((int) address & Page.OFFSET_MASK & ~7, value);
  }

  /** Writes the GGTT's entry of {@code address}; cached translations stay. */
  public void mapGgtt(long address, long entry) {
    ggttEntries.store64((address & 0xffffffffL) >>> Page.SHIFT << 3, entry);
  }

  /** Asks that the next write to the page of {@code address} be noticed. */
  public void watch(long address, boolean ggtt) {
    system.watch(write(address, ggtt));
  }

  private long tag(long address, boolean ggtt) {
    long page = (address & VIRTUAL_MASK) >>> Page.SHIFT;
    return generation << GENERATION_SHIFT | page << 2 | (ggtt ? 3 : 1);
  }

  private static int slot(long tag) {
    return (int) (tag >>> 1 ^ tag >>> 11) & TLB_ENTRIES - 1;
  }

  private Page translateForRead(long address, boolean ggtt, long tag, int slot) {
    long bus = busAddress(address, ggtt);
    if (bus == UNMAPPED) return Page.ZEROES;
    Page page = system.read(bus);
    if (page.isReal()) cache(tag, slot, page);
    return page;
  }

  private Page translateForWrite(long address, boolean ggtt, long tag, int slot) {
    long bus = busAddress(address, ggtt);
    if (bus == UNMAPPED) return sink;
    Page page = system.write(bus);
    if (page.isReal()) cache(tag, slot, page);
    return page;
  }

  private void cache(long tag, int slot, Page page) {
    cachedHash ^= isCurrent(tags[slot]) ? entryHash(slot) : 0;
    tags[slot] = tag;
    pages[slot] = page;
    cachedHash ^= entryHash(slot);
  }

  private long entryHash(int slot) {
    long virtual = tags[slot] & (1L << GENERATION_SHIFT) - 1;
    return StateHash.mix(StateHash.mix(virtual) + pages[slot].number);
  }

  private long busAddress(long address, boolean ggtt) {
    return ggtt ? walkGgtt(address) : walk(address);
  }

  private long walkGgtt(long address) {
    long entry = ggttEntries.load64((address & 0xffffffffL) >>> Page.SHIFT << 3);
    if ((entry & GGTT_ENTRY_PRESENT) != 0) return entry & ADDRESS_MASK;
    faults.pageFault(address, true, 0);
    return UNMAPPED;
  }

  private long walk(long address) {
    long table = pml4;
    for (int shift = PML4_SHIFT; ; shift -= LEVEL_BITS) {
      long entry = entry(table, address >>> shift);
      if ((entry & PAGE_TABLE_ENTRY_PRESENT) == 0) {
        faults.pageFault(address, false, (shift - Page.SHIFT) / LEVEL_BITS);
        return UNMAPPED;
      }
      if (shift == Page.SHIFT) return entry & ADDRESS_MASK;
      if (shift == DIRECTORY_SHIFT) {
        if ((entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB) != 0) {
          return within(entry, address, LARGE_PAGE_MASK);
        }
        if ((entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_64_KIB) != 0) {
          return walkMedium(entry & ADDRESS_MASK, address);
        }
      }
      table = entry & ADDRESS_MASK;
    }
  }

  /** The last level of a table of 64 KiB pages, of which only every 16th entry counts. */
  private long walkMedium(long table, long address) {
    long entry = entry(table, address >>> Page.SHIFT & ~0xfL);
    if ((entry & PAGE_TABLE_ENTRY_PRESENT) != 0) return within(entry, address, MEDIUM_PAGE_MASK);
    faults.pageFault(address, false, 0);
    return UNMAPPED;
  }

  private long entry(long table, long index) {
    return system.load64(table + ((index & INDEX_MASK) << 3));
  }

  private static long within(long entry, long address, long pageMask) {
    return entry & ADDRESS_MASK & ~pageMask | address & pageMask & ~(long) Page.OFFSET_MASK;
  }

  /** A hash of what {@link #save} puts, kept up to date so that it costs nothing. */
  public long hash() {
    return StateHash.mix(pml4) ^ cachedHash;
  }

  /** Puts the root and the cached translations: stale ones are state, too. */
  public void save(StateSink target) {
    target.putLong(pml4);
    target.putInt(cachedCount());
    for (int slot = 0; slot < TLB_ENTRIES; slot++) {
      if (!isCurrent(tags[slot])) continue;
      target.putLong(tags[slot] & (1L << GENERATION_SHIFT) - 1);
      target.putLong(pages[slot].number);
    }
  }

  /** Restores what {@link #save} put; system memory must have been restored before. */
  public void restore(StateSource source) {
    generation = 0;
    Arrays.fill(tags, 0);
    Arrays.fill(pages, null);
    cachedHash = 0;
    pml4 = source.takeLong();
    for (int left = source.takeInt(TLB_ENTRIES, "number of translations"); left > 0; left--) {
      long tag = source.takeLong() & (1L << GENERATION_SHIFT) - 1;
      Page page = system.write(source.takeLong() << Page.SHIFT);
      if (page.isReal()) cache(tag, slot(tag), page);
    }
  }

  private int cachedCount() {
    int count = 0;
    for (long tag : tags) if (isCurrent(tag)) count++;
    return count;
  }

  private boolean isCurrent(long tag) {
    return tag != 0 && tag >>> GENERATION_SHIFT == generation;
  }
}
