package dev.systole.trace.coding;

import java.util.Arrays;

/**
 * A growing column of integers: the zigzag differences from what is expected, in LEB128. Appending
 * allocates only when the column must grow.
 */
public final class IntColumn {
  private static final int LONGEST_VALUE_BYTES = 10;

  private final IntColumn context;
  private final Predictions predictions;
  private byte[] bytes = new byte[256];
  private int length;
  private long last;

  private IntColumn(IntColumn context, boolean ownContext, Predictions predictions) {
    this.context = ownContext ? this : context;
    this.predictions = predictions;
  }

  /** A column that expects its previous value. */
  public static IntColumn plain() {
    return new IntColumn(null, false, null);
  }

  /** A column that expects the value it had when the other's last value was what it is now. */
  public static IntColumn by(IntColumn context) {
    return new IntColumn(context, false, new Predictions());
  }

  /** A column that expects what last followed its present last value. */
  public static IntColumn bySelf() {
    return new IntColumn(null, true, new Predictions());
  }

  /** A column whose contexts are given with the values: {@link #append(long, long)}. */
  public static IntColumn byGiven() {
    return new IntColumn(null, false, new Predictions());
  }

  public void append(long value) {
    if (context == null) put(value - last, value);
    else append(context.last, value);
  }

  public void append(long givenContext, long value) {
    put(value - predictions.expected(givenContext, last), value);
    predictions.learn(value);
  }

  private void put(long difference, long value) {
    last = value;
    long rest = difference << 1 ^ difference >> 63;
    if (length > bytes.length - LONGEST_VALUE_BYTES) bytes = Arrays.copyOf(bytes, 2 * length);
    byte[] to = bytes;
    int at = length;
    while ((rest & ~0x7FL) != 0) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at++] = (byte) rest;
    length = at;
  }

  /** Empties the column and forgets what was expected. */
  public void reset() {
    if (length == 0) return;
    length = 0;
    last = 0;
    if (predictions != null) predictions.reset();
  }

  /** The column's bytes, the first {@link #length} of them. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }
}
