package dev.systole.replayer.snapshot;

import static dev.systole.spec.gen12.PageTableStructures.*;

import dev.systole.errorstate.Bytes;
import dev.systole.gpu.pci.PciFunction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Memory of a GPU as its page tables show it, read through the bus (i915-kernel.md 6.1). */
final class GpuPages {
  /** A run of pages that follow each other. */
  record Run(long address, Bytes bytes) {}

  private static final int PAGE_BYTES = 4096;
  private static final int PAGE_SHIFT = 12;
  private static final int LEVEL_BITS = 9;
  private static final int ENTRIES = 1 << LEVEL_BITS;
  private static final int ENTRY_BYTES = 8;
  private static final int LEVELS = 4;
  private static final int LARGE_PAGES = 512;
  private static final int MEDIUM_PAGES = 16;
  private static final int GGTT_OFFSET = 8 << 20;
  private static final long ADDRESS_MASK = 0x3ffffffff000L;

  /** More is not read: an application's textures are not what one looks for here. */
  private static final int MAX_PAGES = 64 << 20 >> PAGE_SHIFT;

  private final PciFunction function;
  private final List<Run> runs = new ArrayList<>();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private long runAddress;
  private int pages;

  GpuPages(PciFunction function) {
    this.function = function;
  }

  /** Bytes at a GGTT address, as far as pages are mapped there. */
  Bytes ggtt(long address, int lengthBytes) {
    var bytes = new ByteArrayOutputStream();
    for (long at = address; at < address + lengthBytes; at += PAGE_BYTES) {
      long entry = function.readRegister64(GGTT_OFFSET + (int) (at >>> PAGE_SHIFT) * ENTRY_BYTES);
      if ((entry & GGTT_ENTRY_PRESENT) == 0) break;
      bytes.writeBytes(page(entry & ADDRESS_MASK));
    }
    return Bytes.of(bytes.toByteArray());
  }

  /**
   * Everything that the page tables with this root map, up to a limit, in the order of addresses.
   */
  List<Run> ppgtt(long root) {
    walk(root & ADDRESS_MASK, LEVELS, 0);
    endRun();
    return runs;
  }

  private void walk(long table, int level, long address) {
    var entries = new long[ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      entries[i] = function.readMemory64(table + (long) i * ENTRY_BYTES);
    }
    for (int i = 0; i < ENTRIES && pages < MAX_PAGES; i++) {
      if (!mapsSomething(entries, i)) continue;
      long mapped = address | (long) i << PAGE_SHIFT + LEVEL_BITS * (level - 1);
      follow(entries[i], level, mapped);
    }
  }

  /**
   * Drivers fill what is not mapped with entries that lead to one scratch page (i915:
   * gen8_ppgtt.c): those have a neighbour that is equal.
   */
  private static boolean mapsSomething(long[] entries, int i) {
    boolean present = (entries[i] & PAGE_DIRECTORY_ENTRY_PRESENT) != 0 && entries[i] != -1;
    boolean repeated =
        i > 0 && entries[i] == entries[i - 1] || i < ENTRIES - 1 && entries[i] == entries[i + 1];
    return present && !repeated;
  }

  private void follow(long entry, int level, long address) {
    long target = entry & ADDRESS_MASK;
    if (level == 1) {
      take(address, target, 1);
    } else if (level == 2 && (entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB) != 0) {
      take(address, target, LARGE_PAGES);
    } else if (level == 2 && (entry & PAGE_DIRECTORY_ENTRY_PAGE_SIZE_64_KIB) != 0) {
      mediumPages(address, target);
    } else {
      walk(target, level - 1, address);
    }
  }

  /** A table of 64 KiB pages uses every sixteenth of its entries. */
  private void mediumPages(long address, long table) {
    for (int i = 0; i < ENTRIES; i += MEDIUM_PAGES) {
      long entry = function.readMemory64(table + (long) i * ENTRY_BYTES);
      if ((entry & PAGE_TABLE_ENTRY_PRESENT) == 0) continue;
      take(address | (long) i << PAGE_SHIFT, entry & ADDRESS_MASK, MEDIUM_PAGES);
    }
  }

  private void take(long address, long busAddress, int count) {
    if (run.size() > 0 && address != runAddress + run.size()) endRun();
    if (run.size() == 0) runAddress = address;
    for (int i = 0; i < count; i++) run.writeBytes(page(busAddress + (long) i * PAGE_BYTES));
    pages += count;
  }

  private void endRun() {
    if (run.size() > 0) runs.add(new Run(runAddress, Bytes.of(run.toByteArray())));
    run.reset();
  }

  private byte[] page(long busAddress) {
    var page = new byte[PAGE_BYTES];
    function.readMemory(busAddress, page, 0, PAGE_BYTES);
    return page;
  }
}
