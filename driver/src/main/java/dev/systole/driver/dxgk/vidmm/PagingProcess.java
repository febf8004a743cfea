package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.BugCheck;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.GpuPhysicalAddress;
import dev.systole.driver.ddi.PageTableEntry;
import dev.systole.driver.ddi.PagingOperation;
import dev.systole.driver.ddi.PagingOperation.FlushTlb;
import dev.systole.driver.ddi.PagingOperation.UpdatePageTable;
import dev.systole.driver.ddi.SetRootPageTable;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The address space in which paging buffers run: a scratch area into which system pages are mapped
 * for a transfer, and a window on the whole memory segment, which holds all page tables and the
 * paging buffer. The CPU makes it at start-up, before anything can run.
 */
final class PagingProcess {
  /** The scratch area; also the size of one sub-transfer (wddm.md part 10, item 23). */
  static final int SCRATCH_BYTES = 16 << 20;

  private static final long SCRATCH_ADDRESS = 4L << 20;
  private static final long WINDOW_ADDRESS = 512L << 20;
  private static final KernelHandle.KmdAllocation NO_ALLOCATION = new KernelHandle.KmdAllocation(0);

  private final Segment segment;
  private final PageTableTree tree;

  PagingProcess(KernelHandle.KmdProcess process, Segment segment, int levels, int indexBits) {
    this.segment = segment;
    this.tree = new PageTableTree(process, segment, levels, indexBits);
  }

  /** Makes the page tables with the CPU and gives them to the paging context. */
  void initialize(DdiDoor kmd, KernelHandle.KmdAdapter adapter, KernelHandle.KmdContext context) {
    boolean room =
        tree.prepare(SCRATCH_ADDRESS, SCRATCH_BYTES)
            && tree.prepare(WINDOW_ADDRESS, segment.sizeBytes());
    if (!room) throw new IllegalStateException("the memory segment is too small");
    var operations = new ArrayList<PagingOperation>(tree.fillRoot());
    operations.addAll(tree.fill(SCRATCH_ADDRESS, SCRATCH_BYTES));
    operations.addAll(map(WINDOW_ADDRESS, segment.sizeBytes(), segment.at(0)));
    for (PagingOperation operation : operations) {
      var done =
          kmd.call(new BuildPagingBuffer(adapter, 0, 0, operation, 0, context, 0, 0)).status();
      if (!done.equals(NtStatus.SUCCESS)) {
        throw new BugCheck("0x10e (0xb): " + done);
      }
    }
    giveTables(kmd, adapter, context);
    tree.updateWithGpu(this::windowAddress);
  }

  /** Gives the page tables to a paging context. */
  void giveTables(DdiDoor kmd, KernelHandle.KmdAdapter adapter, KernelHandle.KmdContext context) {
    kmd.call(new SetRootPageTable(adapter, context, tree.root(), tree.entriesPerTable()));
  }

  /** Where paging buffers see an offset of the memory segment. */
  long windowAddress(long segmentOffsetBytes) {
    return WINDOW_ADDRESS + segmentOffsetBytes;
  }

  long scratchAddress() {
    return SCRATCH_ADDRESS;
  }

  /** Lets the scratch area show system memory from {@code busAddress} on. */
  void showInScratch(PagingBuffer buffer, long busAddress, long bytes) {
    buffer.addAll(map(SCRATCH_ADDRESS, bytes, new GpuPhysicalAddress(0, busAddress)));
    buffer.add(new FlushTlb(tree.root(), tree.process(), SCRATCH_ADDRESS, SCRATCH_ADDRESS + bytes));
  }

  private List<UpdatePageTable> map(long address, long bytes, GpuPhysicalAddress start) {
    return tree.map(NO_ALLOCATION, 0, address, entries(start, bytes));
  }

  /** The entries of the pages from a place on. */
  static List<PageTableEntry> entries(GpuPhysicalAddress start, long bytes) {
    return LongStream.range(0, bytes / SystemMemory.PAGE_BYTES)
        .map(page -> start.segmentOffsetBytes() + page * SystemMemory.PAGE_BYTES)
        .mapToObj(offset -> PageTableEntry.of(new GpuPhysicalAddress(start.segmentId(), offset)))
        .toList();
  }
}
