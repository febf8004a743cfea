package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.BugCheck;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.PagingOperation;
import dev.systole.driver.ddi.PagingOperation.FillVirtual;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects paging operations as commands, and runs them on the paging node. The last operation of
 * every buffer fills a page with the buffer's number: when the number is not there after the buffer
 * is done, a reset has taken its commands, and they are built and run again in a new context.
 */
final class PagingBuffer {
  private static final int ATTEMPTS_MAX = 3;

  /** What the driver may need for the last operation. */
  private static final int MARKER_ROOM_BYTES = 128;

  private static final KernelHandle.KmdAllocation NO_ALLOCATION = new KernelHandle.KmdAllocation(0);

  private final DdiDoor kmd;
  private final KernelHandle.KmdAdapter adapter;
  private final Scheduler scheduler;
  private final SystemMemory memory;
  private final Place buffer;
  private final Place marker;
  private final Supplier<VidMm.PagingContext> replacement;

  /** The operations whose commands are in the buffer, in whole or in part. */
  private final List<PagingOperation> held = new ArrayList<>();

  private VidMm.PagingContext context;
  private int writtenBytes;
  private int number;

  /** Something in the memory segment, as CPU and paging process see it. */
  record Place(long cpuAddress, long gpuAddress, int sizeBytes) {}

  /**
   * An empty buffer.
   *
   * @param replacement makes a new paging context when the old one is lost
   */
  PagingBuffer(
      DdiDoor kmd,
      KernelHandle.KmdAdapter adapter,
      Scheduler scheduler,
      SystemMemory memory,
      Place buffer,
      Place marker,
      VidMm.PagingContext context,
      Supplier<VidMm.PagingContext> replacement) {
    this.kmd = kmd;
    this.adapter = adapter;
    this.scheduler = scheduler;
    this.memory = memory;
    this.buffer = buffer;
    this.marker = marker;
    this.context = context;
    this.replacement = replacement;
  }

  void addAll(List<? extends PagingOperation> operations) {
    operations.forEach(this::add);
  }

  /** Adds an operation; when the buffer is full, what it holds is run first. */
  void add(PagingOperation operation) {
    int multipassOffset = 0;
    while (true) {
      held.add(operation);
      var built = build(operation, multipassOffset, MARKER_ROOM_BYTES);
      if (built.status().equals(NtStatus.SUCCESS)) return;
      boolean full = built.status().equals(NtStatus.GRAPHICS_INSUFFICIENT_DMA_BUFFER);
      if (!full || writtenBytes == 0) {
        throw new BugCheck("0x10e (0xb): " + built.status());
      }
      multipassOffset = built.multipassOffset();
      run();
    }
  }

  /** Runs what the buffer holds and waits for its end. */
  void run() {
    if (writtenBytes == 0) return;
    for (int attempt = 1; !runOnce(); attempt++) {
      if (attempt == ATTEMPTS_MAX) {
        throw new BugCheck("0x10e: paging operations hang the GPU");
      }
      context = replacement.get();
      var lost = List.copyOf(held);
      held.clear();
      addAll(lost);
    }
    held.clear();
  }

  /** Runs the buffer; false when its commands did not all take effect. */
  private boolean runOnce() {
    number++;
    build(new FillVirtual(NO_ALLOCATION, 0, marker.sizeBytes(), number, marker.gpuAddress()), 0, 0);
    scheduler.submit(context.queue(), buffer.gpuAddress(), writtenBytes, Blob.EMPTY);
    scheduler.drain(context.queue());
    writtenBytes = 0;
    return memory.read32(marker.cpuAddress()) == number;
  }

  private BuildPagingBuffer.Return build(
      PagingOperation operation, int multipassOffset, int reservedBytes) {
    var built =
        kmd.call(
            new BuildPagingBuffer(
                adapter,
                buffer.cpuAddress() + writtenBytes,
                buffer.sizeBytes() - writtenBytes - reservedBytes,
                operation,
                multipassOffset,
                context.context(),
                buffer.gpuAddress(),
                writtenBytes));
    writtenBytes = (int) (built.dmaBuffer() - buffer.cpuAddress());
    return built;
  }
}
