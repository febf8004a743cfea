package dev.systole.gpu.sim;

/** Takes the state of hardware, value by value, in an order that is the same each time. */
public interface StateSink {
  void putInt(int value);

  void putLong(long value);

  /** Puts the bytes without their number, which the reader knows. */
  void putBytes(byte[] bytes);

  default void putBoolean(boolean value) {
    putInt(value ? 1 : 0);
  }

  default void putInts(int[] values) {
    for (int value : values) putInt(value);
  }

  default void putLongs(long[] values) {
    for (long value : values) putLong(value);
  }
}
