package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.GpuPhysicalAddress;
import dev.systole.driver.ddi.PageTableEntry;
import dev.systole.driver.ddi.PagingOperation;
import dev.systole.driver.ddi.PagingOperation.FlushTlb;
import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.ddi.SetRootPageTable;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
    this.tree =
        new PageTableTree(
            process,
            segment,
            levels,
            indexBits,
            PageTableUpdateMode.CPU_VIRTUAL,
            segment::cpuAddress);
  }

  /** Makes the page tables with the CPU and gives them to the paging context. */
  void initialize(DdiDoor kmd, KernelHandle.KmdAdapter adapter, KernelHandle.KmdContext context) {
    var operations = tree.createRoot();
    operations.addAll(map(SCRATCH_ADDRESS, SCRATCH_BYTES, page -> PageTableEntry.INVALID));
    operations.addAll(map(WINDOW_ADDRESS, segment.sizeBytes(), page -> entry(segment.at(0), page)));
    for (PagingOperation operation : operations) {
      var done =
          kmd.call(new BuildPagingBuffer(adapter, 0, 0, operation, 0, context, 0, 0)).status();
      if (!done.equals(NtStatus.SUCCESS)) {
        throw new IllegalStateException("bug check 0x10e (0xb): " + done);
      }
    }
    kmd.call(new SetRootPageTable(adapter, context, tree.root(), tree.entriesPerTable()));
    tree.updateWith(PageTableUpdateMode.GPU_VIRTUAL, this::windowAddress);
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
    var start = new GpuPhysicalAddress(0, busAddress);
    buffer.addAll(map(SCRATCH_ADDRESS, bytes, page -> entry(start, page)));
    buffer.add(new FlushTlb(tree.root(), tree.process(), SCRATCH_ADDRESS, SCRATCH_ADDRESS + bytes));
  }

  private List<PagingOperation.UpdatePageTable> map(
      long address, long bytes, IntFunction<PageTableEntry> entry) {
    int pages = (int) (bytes / SystemMemory.PAGE_BYTES);
    return tree.map(NO_ALLOCATION, 0, address, IntStream.range(0, pages).mapToObj(entry).toList());
  }

  /** The entry of the page with that number behind a place. */
  static PageTableEntry entry(GpuPhysicalAddress start, int page) {
    return PageTableEntry.of(
        new GpuPhysicalAddress(
            start.segmentId(), start.segmentOffsetBytes() + (long) page * SystemMemory.PAGE_BYTES));
  }
}
