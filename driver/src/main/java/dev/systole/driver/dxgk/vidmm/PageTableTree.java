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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * The page tables of one process: which tables there are, and the operations that change them.
 * Leaves come before their parents on a map (wddm.md part 10, item 28); tables stay until the
 * process goes.
 */
final class PageTableTree {
  private static final int PAGE_SHIFT = 12;
  private static final KernelHandle.KmdAllocation NO_ALLOCATION = new KernelHandle.KmdAllocation(0);
  private static final UpdateFlags CHANGE = new UpdateFlags(false, false);
  private static final UpdateFlags INITIALIZE = new UpdateFlags(true, true);

  private final KernelHandle.KmdProcess process;
  private final Segment segment;
  private final int levels;
  private final int indexBits;

  /** Per level, the tables by the number of the range that they cover: offsets in the segment. */
  private final List<TreeMap<Long, Long>> tables = new ArrayList<>();

  /** Tables that no parent points to yet. */
  private final TreeSet<Long> unlinked = new TreeSet<>();

  private PageTableUpdateMode updateMode;
  private LongUnaryOperator tableAddress;

  /**
   * A tree without tables.
   *
   * @param tableAddress from an offset in the segment to where updates of {@code updateMode} find
   *     it
   */
  PageTableTree(
      KernelHandle.KmdProcess process,
      Segment segment,
      int levels,
      int indexBits,
      PageTableUpdateMode updateMode,
      LongUnaryOperator tableAddress) {
    this.process = process;
    this.segment = segment;
    this.levels = levels;
    this.indexBits = indexBits;
    for (int level = 0; level < levels; level++) tables.add(new TreeMap<>());
    updateWith(updateMode, tableAddress);
  }

  /** From now on updates are made another way. */
  void updateWith(PageTableUpdateMode mode, LongUnaryOperator address) {
    updateMode = mode;
    tableAddress = address;
  }

  KernelHandle.KmdProcess process() {
    return process;
  }

  /** Place of the root table, which {@link #createRoot} made. */
  GpuPhysicalAddress root() {
    return segment.at(tables.getLast().get(0L));
  }

  int entriesPerTable() {
    return 1 << indexBits;
  }

  /** Makes the root table. */
  List<UpdatePageTable> createRoot() {
    var operations = new ArrayList<UpdatePageTable>();
    ensure(levels - 1, 0, operations);
    return operations;
  }

  /** Maps pages from {@code address} on to {@code entries}, making tables that are missing. */
  List<UpdatePageTable> map(
      KernelHandle.KmdAllocation allocation,
      long allocationOffsetBytes,
      long address,
      List<PageTableEntry> entries) {
    var operations = new ArrayList<UpdatePageTable>();
    long firstPage = address >>> PAGE_SHIFT;
    for (int done = 0; done < entries.size(); ) {
      long page = firstPage + done;
      int index = (int) page & (entriesPerTable() - 1);
      int count = Math.min(entries.size() - done, entriesPerTable() - index);
      long table = ensure(0, page >>> indexBits, operations);
      operations.add(
          new UpdatePageTable(
              0,
              allocation,
              tableAddress.applyAsLong(table),
              entries.subList(done, done + count),
              index,
              count,
              CHANGE,
              allocationOffsetBytes + ((long) done << PAGE_SHIFT),
              process,
              updateMode,
              page << PAGE_SHIFT));
      done += count;
    }
    long lastPage = firstPage + entries.size() - 1;
    for (int level = 1; level < levels; level++) {
      link(level, firstPage >>> indexBits * level, lastPage >>> indexBits * level, operations);
    }
    return operations;
  }

  /** Makes pages from {@code address} on invalid. */
  List<UpdatePageTable> unmap(KernelHandle.KmdAllocation allocation, long address, int pages) {
    var operations = new ArrayList<UpdatePageTable>();
    long firstPage = address >>> PAGE_SHIFT;
    for (int done = 0; done < pages; ) {
      long page = firstPage + done;
      int index = (int) page & (entriesPerTable() - 1);
      int count = Math.min(pages - done, entriesPerTable() - index);
      operations.add(
          new UpdatePageTable(
              0,
              allocation,
              tableAddress.applyAsLong(tables.getFirst().get(page >>> indexBits)),
              List.of(PageTableEntry.INVALID),
              index,
              count,
              new UpdateFlags(true, false),
              0,
              process,
              updateMode,
              page << PAGE_SHIFT));
      done += count;
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

  /** Offset of the table that covers a range; a new one is filled with invalid entries first. */
  private long ensure(int level, long range, List<UpdatePageTable> operations) {
    Long present = tables.get(level).get(range);
    if (present != null) return present;
    long table = segment.allocateTables(SystemMemory.PAGE_BYTES);
    tables.get(level).put(range, table);
    if (level < levels - 1) unlinked.add(table);
    operations.add(
        new UpdatePageTable(
            level,
            NO_ALLOCATION,
            tableAddress.applyAsLong(table),
            List.of(PageTableEntry.INVALID),
            0,
            entriesPerTable(),
            INITIALIZE,
            0,
            process,
            updateMode,
            range << PAGE_SHIFT + indexBits * (level + 1)));
    return table;
  }

  /** Lets the tables below {@code level} be found: those that nothing points to yet. */
  private void link(int level, long firstEntry, long lastEntry, List<UpdatePageTable> operations) {
    for (long entry = firstEntry; entry <= lastEntry; entry++) {
      long child = tables.get(level - 1).get(entry);
      if (!unlinked.remove(child)) continue;
      long table = ensure(level, entry >>> indexBits, operations);
      operations.add(
          new UpdatePageTable(
              level,
              NO_ALLOCATION,
              tableAddress.applyAsLong(table),
              List.of(PageTableEntry.of(segment.at(child))),
              (int) entry & (entriesPerTable() - 1),
              1,
              CHANGE,
              0,
              process,
              updateMode,
              entry << PAGE_SHIFT + indexBits * level));
    }
  }
}
