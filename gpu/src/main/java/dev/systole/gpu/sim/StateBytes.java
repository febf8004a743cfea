package dev.systole.gpu.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** State as bytes, little endian, for {@link StateSource} to read. */
public final class StateBytes implements StateSink {
  private static final int INITIAL_BYTES = 1 << 16;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Begins with nothing. */
  public StateBytes() {}

  @Override
  public void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  @Override
  public void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  @Override
  public void putBytes(byte[] bytes) {
    room(bytes.length).put(bytes);
  }

  /** A copy of what was put. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int lengthBytes) {
    if (buffer.remaining() < lengthBytes) {
      int capacity = Math.addExact(buffer.capacity(), Math.max(buffer.capacity(), lengthBytes));
      buffer.flip();
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(buffer);
    }
    return buffer;
  }
}
