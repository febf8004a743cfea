package dev.systole.driver.miniport;

import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.PageTableEntry;
import dev.systole.driver.ddi.PagingOperation.FillVirtual;
import dev.systole.driver.ddi.PagingOperation.FlushTlb;
import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.ddi.PagingOperation.TransferVirtual;
import dev.systole.driver.ddi.PagingOperation.UpdatePageTable;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.NtStatus;
import dev.systole.spec.gen12.MiCommands;
import java.util.List;

/**
 * Builds paging buffers. A buffer can be run at any time: behind the last command stands a
 * MI_BATCH_BUFFER_END, which the next operation overwrites.
 */
final class Paging {
  /** MI_BATCH_BUFFER_END and a MI_NOOP that keeps the length a multiple of 8. */
  static final int END_BYTES = 8;

  private final SystemMemory memory;
  private final PageTables pageTables;
  private final GraphicsMemory graphicsMemory;

  Paging(SystemMemory memory, PageTables pageTables, GraphicsMemory graphicsMemory) {
    this.memory = memory;
    this.pageTables = pageTables;
    this.graphicsMemory = graphicsMemory;
  }

  BuildPagingBuffer.Return build(BuildPagingBuffer call) {
    if (call.dmaBuffer() == 0) return updateWithCpu(call);
    List<int[]> pieces = commands(call);
    long dmaBuffer = call.dmaBuffer();
    long end = dmaBuffer + call.dmaBytes() - END_BYTES;
    for (int i = call.multipassOffset(); i < pieces.size(); i++) {
      int[] piece = pieces.get(i);
      if (dmaBuffer + (long) piece.length * Integer.BYTES > end) {
        return finished(NtStatus.GRAPHICS_INSUFFICIENT_DMA_BUFFER, dmaBuffer, i);
      }
      dmaBuffer = write(dmaBuffer, piece);
    }
    return finished(NtStatus.SUCCESS, dmaBuffer, 0);
  }

  private BuildPagingBuffer.Return finished(NtStatus status, long dmaBuffer, int multipassOffset) {
    write(dmaBuffer, MiCommands.MI_BATCH_BUFFER_END, MiCommands.MI_NOOP);
    return new BuildPagingBuffer.Return(status, dmaBuffer, multipassOffset);
  }

  private List<int[]> commands(BuildPagingBuffer call) {
    var commands = new PagingCommands();
    switch (call.operation()) {
      case FillVirtual fill -> {
        commands.fill(fill.destinationVirtualAddress(), fill.fillBytes(), fill.fillPattern());
        commands.flush();
      }
      case TransferVirtual transfer -> {
        commands.copy(
            transfer.sourceVirtualAddress(),
            transfer.destinationVirtualAddress(),
            transfer.transferBytes());
        commands.flush();
      }
      case UpdatePageTable update -> {
        if (update.updateMode() != PageTableUpdateMode.GPU_VIRTUAL) {
          throw new IllegalStateException("page tables in a DMA buffer: " + update.updateMode());
        }
        long address = update.pageTableAddress() + (long) update.startIndex() * Long.BYTES;
        if (update.flags().repeat()) {
          commands.repeat(address, update.entryCount(), encode(update, 0));
        } else {
          commands.store(address, encode(update));
        }
        commands.flush();
      }
      case FlushTlb _ -> commands.flushTlb();
    }
    return commands.pieces();
  }

  /** Page tables of the paging process, before the GPU can write any. */
  private BuildPagingBuffer.Return updateWithCpu(BuildPagingBuffer call) {
    if (!(call.operation() instanceof UpdatePageTable update)
        || update.updateMode() != PageTableUpdateMode.CPU_VIRTUAL) {
      throw new IllegalStateException("only page tables are updated with the CPU");
    }
    var dwords = new int[2 * update.entryCount()];
    for (int i = 0; i < update.entryCount(); i++) {
      long entry = encode(update, update.flags().repeat() ? 0 : i);
      dwords[2 * i] = (int) entry;
      dwords[2 * i + 1] = (int) (entry >>> Integer.SIZE);
    }
    write(update.pageTableAddress() + (long) update.startIndex() * Long.BYTES, dwords);
    return new BuildPagingBuffer.Return(NtStatus.SUCCESS, 0, 0);
  }

  private long[] encode(UpdatePageTable update) {
    var entries = new long[update.entryCount()];
    for (int i = 0; i < entries.length; i++) entries[i] = encode(update, i);
    return entries;
  }

  private long encode(UpdatePageTable update, int index) {
    PageTableEntry entry = update.entries().get(index);
    if (!entry.valid()) return pageTables.unusedEntry(update.pageTableLevel());
    long busAddress = graphicsMemory.busAddress(entry.place());
    return update.pageTableLevel() == 0
        ? pageTables.pageEntry(busAddress)
        : pageTables.tableEntry(busAddress);
  }

  private long write(long kernelAddress, int... dwords) {
    byte[] bytes = Blob.ofDwords(dwords).toByteArray();
    memory.write(kernelAddress, bytes, 0, bytes.length);
    return kernelAddress + bytes.length;
  }
}
