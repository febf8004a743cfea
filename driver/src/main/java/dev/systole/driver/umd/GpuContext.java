package dev.systole.driver.umd;

import dev.systole.driver.app.DestroyContext;
import dev.systole.driver.app.SignalSynchronizationObjectFromGpu;
import dev.systole.driver.app.SubmitCommand;
import dev.systole.driver.app.WaitForSynchronizationObjectFromGpu;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.vendor.AllocationRequest.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * A queue of work for one engine. Each submission gets the next value of the context's fence; the
 * memory of a command buffer is used again when its submission is done.
 */
public final class GpuContext {
  private static final int COMMAND_BUFFERS = 4;
  private static final int COMMAND_BUFFER_BYTES = 32 << 10;

  private final UserModeDevice device;
  private final KmtHandle.Context handle;
  private final GpuFence fence;
  private final List<GpuBuffer> commandMemory = new ArrayList<>();
  private final long[] lastUse = new long[COMMAND_BUFFERS];
  private int next;
  private long submitted;

  GpuContext(UserModeDevice device, KmtHandle.Context handle) {
    this.device = device;
    this.handle = handle;
    fence = device.createFence(0);
    for (int i = 0; i < COMMAND_BUFFERS; i++) {
      commandMemory.add(device.createBuffer(COMMAND_BUFFER_BYTES, Usage.COMMANDS));
    }
  }

  /** An empty command buffer; waits when all of them are in use. */
  public CommandBuffer begin() {
    fence.await(lastUse[next]);
    return new CommandBuffer(commandMemory.get(next));
  }

  /**
   * Submits the command buffer that {@link #begin} gave.
   *
   * @return the value that the context's fence takes when the commands are done
   * @throws DeviceRemovedException when the device is in error
   */
  public long submit(CommandBuffer commands) {
    int lengthBytes = commands.finish();
    device.thunks().call(new SubmitCommand(handle, commands.gpuAddress(), lengthBytes, Blob.EMPTY));
    submitted++;
    signal(fence, submitted);
    lastUse[next] = submitted;
    next = (next + 1) % COMMAND_BUFFERS;
    return submitted;
  }

  /** The fence that counts the submissions. */
  public GpuFence fence() {
    return fence;
  }

  /** Blocks until a submission is done. */
  public void await(long submission) {
    fence.await(submission);
  }

  /** Blocks until all submissions are done. */
  public void finish() {
    fence.await(submitted);
  }

  /** Sets a fence when what was submitted before is done. */
  public void signal(GpuFence target, long value) {
    device
        .thunks()
        .call(
            new SignalSynchronizationObjectFromGpu(
                handle, List.of(target.object()), List.of(value)));
  }

  /** Lets what is submitted from now on wait until a fence has a value. */
  public void waitFor(GpuFence source, long value) {
    device
        .thunks()
        .call(
            new WaitForSynchronizationObjectFromGpu(
                handle, List.of(source.object()), List.of(value)));
  }

  void destroy() {
    device.thunks().call(new DestroyContext(handle));
    commandMemory.forEach(GpuBuffer::destroy);
    fence.destroy();
  }
}
