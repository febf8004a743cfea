package dev.systole.trace.coding;

import java.util.Arrays;

/** A growing column of raw bytes. */
public final class ByteColumn {
  private byte[] bytes = new byte[256];
  private int length;

  public void append(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  public void append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  public void reset() {
    length = 0;
  }

  /** The column's bytes, the first {@link #length} of them. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  private void reserve(int count) {
    if (count > bytes.length - length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
  }
}
