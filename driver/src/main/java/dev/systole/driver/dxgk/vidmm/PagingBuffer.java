package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.PagingOperation;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import dev.systole.driver.dxgk.vidsch.SchedulingContext;
import java.util.List;

/** Collects paging operations as commands, and runs them on the paging node. */
final class PagingBuffer {
  private final DdiDoor kmd;
  private final KernelHandle.KmdAdapter adapter;
  private final Scheduler scheduler;
  private final PagingContext context;
  private final long cpuAddress;
  private final long gpuAddress;
  private final int sizeBytes;
  private int writtenBytes;

  /** Where paging buffers run. */
  record PagingContext(KernelHandle.KmdContext handle, SchedulingContext queue) {}

  PagingBuffer(
      DdiDoor kmd,
      KernelHandle.KmdAdapter adapter,
      Scheduler scheduler,
      PagingContext context,
      long cpuAddress,
      long gpuAddress,
      int sizeBytes) {
    this.kmd = kmd;
    this.adapter = adapter;
    this.scheduler = scheduler;
    this.context = context;
    this.cpuAddress = cpuAddress;
    this.gpuAddress = gpuAddress;
    this.sizeBytes = sizeBytes;
  }

  void addAll(List<? extends PagingOperation> operations) {
    operations.forEach(this::add);
  }

  /** Adds an operation; when the buffer is full, what it holds is run first. */
  void add(PagingOperation operation) {
    int multipassOffset = 0;
    while (true) {
      var built =
          kmd.call(
              new BuildPagingBuffer(
                  adapter,
                  cpuAddress + writtenBytes,
                  sizeBytes - writtenBytes,
                  operation,
                  multipassOffset,
                  context.handle(),
                  gpuAddress,
                  writtenBytes));
      writtenBytes = (int) (built.dmaBuffer() - cpuAddress);
      if (built.status().equals(NtStatus.SUCCESS)) return;
      boolean full = built.status().equals(NtStatus.GRAPHICS_INSUFFICIENT_DMA_BUFFER);
      if (!full || writtenBytes == 0) {
        throw new IllegalStateException("bug check 0x10e (0xb): " + built.status());
      }
      multipassOffset = built.multipassOffset();
      run();
    }
  }

  /** Runs what the buffer holds and waits for its end. */
  void run() {
    if (writtenBytes == 0) return;
    scheduler.submit(context.queue(), gpuAddress, writtenBytes, Blob.EMPTY);
    scheduler.drain(context.queue());
    writtenBytes = 0;
  }
}
