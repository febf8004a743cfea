package dev.systole.driver.core.mm;

import static dev.systole.spec.gen12.PageTableStructures.PAGE_DIRECTORY_ENTRY_CACHE_DISABLE;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_DIRECTORY_ENTRY_PRESENT;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_DIRECTORY_ENTRY_WRITABLE;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_DIRECTORY_ENTRY_WRITE_THROUGH;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_PAT_INDEX_0;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_PAT_INDEX_1;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_PRESENT;
import static dev.systole.spec.gen12.PageTableStructures.PAGE_TABLE_ENTRY_WRITABLE;

import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Page tables with a scratch page and one scratch table per level (i915: gen8_ppgtt.c;
 * i915-kernel.md 6.1).
 */
public final class Gen12PageTables implements PageTables {
  private static final int PAGE_FLAGS = PAGE_TABLE_ENTRY_PRESENT | PAGE_TABLE_ENTRY_WRITABLE;
  private static final int TABLE_FLAGS =
      PAGE_DIRECTORY_ENTRY_PRESENT | PAGE_DIRECTORY_ENTRY_WRITABLE;

  /** PAT index 3 is uncached, and so is a directory entry with both cache bits. */
  private static final int SCRATCH_PAGE_FLAGS =
      PAGE_FLAGS | PAGE_TABLE_ENTRY_PAT_INDEX_0 | PAGE_TABLE_ENTRY_PAT_INDEX_1;

  private static final int SCRATCH_TABLE_FLAGS =
      TABLE_FLAGS | PAGE_DIRECTORY_ENTRY_WRITE_THROUGH | PAGE_DIRECTORY_ENTRY_CACHE_DISABLE;

  private static final long ADDRESS_MASK = 0x0000_3fff_ffff_f000L;
  private static final long PAGE_OFFSET_MASK = SystemMemory.PAGE_BYTES - 1;

  private final SystemMemory memory;
  private final long[] unusedEntries = new long[LEVELS];

  /** Allocates scratch page and scratch tables. */
  public Gen12PageTables(SystemMemory memory) {
    this.memory = memory;
    unusedEntries[0] = memory.allocatePages(1) | SCRATCH_PAGE_FLAGS;
    for (int level = 1; level < LEVELS; level++) {
      unusedEntries[level] = createTable(level - 1) | SCRATCH_TABLE_FLAGS;
    }
  }

  @Override
  public long unusedEntry(int level) {
    return unusedEntries[level];
  }

  @Override
  public long pageEntry(long pageBusAddress) {
    return pageBusAddress | PAGE_FLAGS;
  }

  @Override
  public long tableEntry(long tableBusAddress) {
    return tableBusAddress | TABLE_FLAGS;
  }

  @Override
  public long createTable(int level) {
    long table = memory.allocatePages(1);
    var content = new byte[SystemMemory.PAGE_BYTES];
    var entries = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ENTRIES; i++) entries.putLong(unusedEntries[level]);
    memory.write(table, content, 0, content.length);
    return table;
  }

  @Override
  public void write(long tableBusAddress, int index, long entry) {
    memory.write64(entryAddress(tableBusAddress, index), entry);
  }

  @Override
  public void map(long root, long address, long busAddress, int pages) {
    for (int page = 0; page < pages; page++) {
      long offset = (long) page * SystemMemory.PAGE_BYTES;
      mapPage(root, address + offset, busAddress + offset);
    }
  }

  private void mapPage(long root, long address, long busAddress) {
    long table = root;
    for (int level = LEVELS - 1; level > 0; level--) {
      int index = PageTables.index(level, address);
      long entry = memory.read64(entryAddress(table, index));
      if (entry == unusedEntries[level]) {
        entry = tableEntry(createTable(level - 1));
        write(table, index, entry);
      }
      table = entry & ADDRESS_MASK;
    }
    write(table, PageTables.index(0, address), pageEntry(busAddress));
  }

  @Override
  public long translate(long root, long address) {
    long table = root;
    for (int level = LEVELS - 1; level >= 0; level--) {
      long entry = memory.read64(entryAddress(table, PageTables.index(level, address)));
      table = entry & ADDRESS_MASK;
    }
    return table | (address & PAGE_OFFSET_MASK);
  }

  private static long entryAddress(long tableBusAddress, int index) {
    return tableBusAddress + (long) index * Long.BYTES;
  }
}
