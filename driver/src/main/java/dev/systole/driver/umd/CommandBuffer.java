package dev.systole.driver.umd;

import static dev.systole.spec.gen12.MiCommands.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A batch in the making: commands are written, one behind the other, into memory that the GPU
 * reads. Made by {@link GpuContext#begin}, ended by {@link GpuContext#submit}.
 */
public final class CommandBuffer {
  /** MI_BATCH_BUFFER_END and a MI_NOOP. */
  private static final int END_BYTES = 8;

  /** The field of a command counts the dwords behind the first two. */
  private static final int LENGTH_BIAS = 2;

  private static final int FLUSH_DW_DWORDS = 4;

  private final GpuBuffer buffer;
  private final ByteBuffer command = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  private int lengthBytes;

  CommandBuffer(GpuBuffer buffer) {
    this.buffer = buffer;
  }

  /** GPU virtual address of the next command. */
  public long position() {
    return buffer.gpuAddress() + lengthBytes;
  }

  /**
   * Writes a command as it is.
   *
   * @throws IllegalStateException when the buffer is full
   */
  public CommandBuffer write(int... dwords) {
    if (lengthBytes + dwords.length * Integer.BYTES > buffer.sizeBytes() - END_BYTES) {
      throw new IllegalStateException("a command buffer of " + buffer.sizeBytes() + " is full");
    }
    command.clear();
    for (int dword : dwords) command.putInt(dword);
    buffer.memory().write(lengthBytes, command.array(), command.position());
    lengthBytes += command.position();
    return this;
  }

  /** Writes a command of a fixed length; operands that are not given are zero. */
  public CommandBuffer emit(int header, int lengthDwords, int... operands) {
    var dwords = new int[lengthDwords];
    dwords[0] = header | lengthDwords - LENGTH_BIAS;
    System.arraycopy(operands, 0, dwords, 1, operands.length);
    return write(dwords);
  }

  /** MI_STORE_DATA_IMM: the GPU writes a dword. */
  public CommandBuffer storeDword(long gpuAddress, int value) {
    int lengthDwords = MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD + 1;
    return emit(
        MI_STORE_DATA_IMM,
        lengthDwords,
        (int) gpuAddress,
        (int) (gpuAddress >>> Integer.SIZE),
        value);
  }

  /** MI_FLUSH_DW: engines without shaders wait until all before it is done. */
  public CommandBuffer flush() {
    return emit(MI_FLUSH_DW, FLUSH_DW_DWORDS);
  }

  long gpuAddress() {
    return buffer.gpuAddress();
  }

  /** Ends the batch. */
  int finish() {
    write(MI_BATCH_BUFFER_END);
    if (lengthBytes % END_BYTES != 0) write(MI_NOOP);
    return lengthBytes;
  }
}
