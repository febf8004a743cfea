package dev.systole.gpu.sim;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads back what {@link StateBytes} wrote. Every method throws {@link StateException} when cut.
 */
public final class StateSource {
  private final ByteBuffer buffer;

  /** Reads {@code bytes}, which must not change meanwhile. */
  public StateSource(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next 32 bits. */
  public int takeInt() {
    try {
      return buffer.getInt();
    } catch (BufferUnderflowException e) {
      throw cut();
    }
  }

  /** The next 32 bits, which must lie in 0 to {@code max}. */
  public int takeInt(int max, String what) {
    int value = takeInt();
    if (value < 0 || value > max) {
      throw new StateException(
          "saved state: %s is %d, not 0 to %d, before byte %d"
              .formatted(what, value, max, buffer.position()));
    }
    return value;
  }

  /** The next 64 bits. */
  public long takeLong() {
    try {
      return buffer.getLong();
    } catch (BufferUnderflowException e) {
      throw cut();
    }
  }

  public boolean takeBoolean() {
    return takeInt() != 0;
  }

  /** Fills {@code target}. */
  public void takeBytes(byte[] target) {
    try {
      buffer.get(target);
    } catch (BufferUnderflowException e) {
      throw cut();
    }
  }

  /** Fills {@code target}. */
  public void takeInts(int[] target) {
    for (int i = 0; i < target.length; i++) target[i] = takeInt();
  }

  /** Fills {@code target}. */
  public void takeLongs(long[] target) {
    for (int i = 0; i < target.length; i++) target[i] = takeLong();
  }

  /** Checks that nothing is left over. */
  public void end() {
    if (buffer.hasRemaining()) {
      throw new StateException("saved state: " + buffer.remaining() + " bytes too many");
    }
  }

  private StateException cut() {
    return new StateException("saved state: ends early, at byte " + buffer.limit());
  }
}
