package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.GpuPhysicalAddress;
import dev.systole.driver.ddi.PageTableEntry;
import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.ddi.PagingOperation.UpdateFlags;
import dev.systole.driver.ddi.PagingOperation.UpdatePageTable;
import dev.systole.driver.door.KernelHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * The page tables of one process: which tables there are, and the operations that change them.
 * Tables get their place when addresses are taken, so that a lack of room is known at once; they
 * are filled and linked when something is mapped there, leaves before their parents (wddm.md part
 * 10, item 28), and stay until the process goes.
 */
final class PageTableTree {
  private static final int PAGE_SHIFT = 12;
  private static final KernelHandle.KmdAllocation NO_ALLOCATION = new KernelHandle.KmdAllocation(0);
  private static final UpdateFlags CHANGE = new UpdateFlags(false, false);
  private static final UpdateFlags REPEAT = new UpdateFlags(true, false);
  private static final UpdateFlags INITIALIZE = new UpdateFlags(true, true);
  private static final List<PageTableEntry> INVALID = List.of(PageTableEntry.INVALID);

  private final KernelHandle.KmdProcess process;
  private final Segment segment;
  private final int levels;
  private final int indexBits;

  /** Per level, the tables by the number of the range that they cover: offsets in the segment. */
  private final List<TreeMap<Long, Long>> tables = new ArrayList<>();

  /** Tables that nothing was written to, and tables that no parent points to. */
  private final TreeSet<Long> unfilled = new TreeSet<>();

  private final TreeSet<Long> unlinked = new TreeSet<>();
  private PageTableUpdateMode updateMode = PageTableUpdateMode.CPU_VIRTUAL;
  private LongUnaryOperator tableAddress;

  /** A tree without tables, whose tables are written by the CPU. */
  PageTableTree(KernelHandle.KmdProcess process, Segment segment, int levels, int indexBits) {
    this.process = process;
    this.segment = segment;
    this.levels = levels;
    this.indexBits = indexBits;
    this.tableAddress = segment::cpuAddress;
    for (int level = 0; level < levels; level++) tables.add(new TreeMap<>());
  }

  /** From now on the tables are written by the GPU, which sees an offset in the segment there. */
  void updateWithGpu(LongUnaryOperator address) {
    updateMode = PageTableUpdateMode.GPU_VIRTUAL;
    tableAddress = address;
  }

  KernelHandle.KmdProcess process() {
    return process;
  }

  /** Place of the root table. */
  GpuPhysicalAddress root() {
    return segment.at(tables.getLast().get(0L));
  }

  int entriesPerTable() {
    return 1 << indexBits;
  }

  /** Finds places for the tables that a range of addresses needs; false when there is no room. */
  boolean prepare(long address, long bytes) {
    long firstPage = address >>> PAGE_SHIFT;
    long lastPage = address + bytes - 1 >>> PAGE_SHIFT;
    for (int level = levels - 1; level >= 0; level--) {
      int shift = indexBits * (level + 1);
      for (long range = firstPage >>> shift; range <= lastPage >>> shift; range++) {
        if (tables.get(level).containsKey(range)) continue;
        OptionalLong place = segment.allocateTables(SystemMemory.PAGE_BYTES);
        if (place.isEmpty()) return false;
        tables.get(level).put(range, place.getAsLong());
        unfilled.add(place.getAsLong());
        if (level < levels - 1) unlinked.add(place.getAsLong());
      }
    }
    return true;
  }

  /** Fills the root table, so that contexts can use it. */
  List<UpdatePageTable> fillRoot() {
    var operations = new ArrayList<UpdatePageTable>();
    table(levels - 1, 0, operations);
    return operations;
  }

  /** Fills and links the tables of prepared addresses; nothing is mapped. */
  List<UpdatePageTable> fill(long address, long bytes) {
    var operations = new ArrayList<UpdatePageTable>();
    long firstPage = address >>> PAGE_SHIFT;
    long lastPage = address + bytes - 1 >>> PAGE_SHIFT;
    for (long range = firstPage >>> indexBits; range <= lastPage >>> indexBits; range++) {
      table(0, range, operations);
    }
    link(firstPage, lastPage, operations);
    return operations;
  }

  /** Maps prepared addresses to {@code entries}. */
  List<UpdatePageTable> map(
      KernelHandle.KmdAllocation allocation,
      long allocationOffsetBytes,
      long address,
      List<PageTableEntry> entries) {
    var operations = new ArrayList<UpdatePageTable>();
    long firstPage = address >>> PAGE_SHIFT;
    for (int done = 0, count; done < entries.size(); done += count) {
      long page = firstPage + done;
      count = Math.min(entries.size() - done, roomInTable(page));
      long table = table(0, page >>> indexBits, operations);
      long offsetBytes = allocationOffsetBytes + ((long) done << PAGE_SHIFT);
      var run = entries.subList(done, done + count);
      operations.add(update(0, table, allocation, offsetBytes, page, run, count, CHANGE));
    }
    link(firstPage, firstPage + entries.size() - 1, operations);
    return operations;
  }

  /** Makes mapped pages from {@code address} on invalid. */
  List<UpdatePageTable> unmap(KernelHandle.KmdAllocation allocation, long address, int pages) {
    var operations = new ArrayList<UpdatePageTable>();
    for (int done = 0, count; done < pages; done += count) {
      long page = (address >>> PAGE_SHIFT) + done;
      count = Math.min(pages - done, roomInTable(page));
      long table = tables.getFirst().get(page >>> indexBits);
      operations.add(update(0, table, allocation, 0, page, INVALID, count, REPEAT));
    }
    return operations;
  }

  /** Gives all tables back. */
  void free() {
    for (TreeMap<Long, Long> level : tables) {
      level.values().forEach(segment::freeTable);
      level.clear();
    }
  }

  private int roomInTable(long entry) {
    return entriesPerTable() - index(entry);
  }

  private int index(long entry) {
    return (int) entry & (entriesPerTable() - 1);
  }

  /** The table of a range; it is filled with invalid entries before anything else happens to it. */
  private long table(int level, long range, List<UpdatePageTable> operations) {
    long table = tables.get(level).get(range);
    if (unfilled.remove(table)) {
      long first = range << indexBits;
      operations.add(
          update(level, table, NO_ALLOCATION, 0, first, INVALID, entriesPerTable(), INITIALIZE));
    }
    return table;
  }

  /** Lets parents point to the tables below them that nothing points to yet. */
  private void link(long firstPage, long lastPage, List<UpdatePageTable> operations) {
    for (int level = 1; level < levels; level++) {
      int shift = indexBits * level;
      long last = lastPage >>> shift;
      for (long entry = firstPage >>> shift; entry <= last; entry++) {
        long table = table(level, entry >>> indexBits, operations);
        var run = new ArrayList<PageTableEntry>();
        long end = Math.min(last + 1, entry + roomInTable(entry));
        for (long next = entry; next < end; next++) {
          long child = tables.get(level - 1).get(next);
          if (!unlinked.remove(child)) break;
          run.add(PageTableEntry.of(segment.at(child)));
        }
        if (run.isEmpty()) continue;
        operations.add(update(level, table, NO_ALLOCATION, 0, entry, run, run.size(), CHANGE));
        entry += run.size() - 1;
      }
    }
  }

  /** An operation on {@code count} entries of a table; {@code entry} is counted over all tables. */
  private UpdatePageTable update(
      int level,
      long table,
      KernelHandle.KmdAllocation allocation,
      long allocationOffsetBytes,
      long entry,
      List<PageTableEntry> entries,
      int count,
      UpdateFlags flags) {
    return new UpdatePageTable(
        level,
        allocation,
        tableAddress.applyAsLong(table),
        entries,
        index(entry),
        count,
        flags,
        allocationOffsetBytes,
        process,
        updateMode,
        entry << PAGE_SHIFT + indexBits * level);
  }
}
