package dev.systole.trace;

import dev.systole.trace.event.Blob;
import java.util.Arrays;

/** The last write, as long as another may continue it. */
final class PendingWrite {
  int kind;
  int lane;
  long timeNanos;
  long mapping;
  long place;
  long busAddress;
  byte[] bytes = new byte[4096];
  int length;

  void start(int kind, int lane, long timeNanos, long mapping, long place, long busAddress) {
    this.kind = kind;
    this.lane = lane;
    this.timeNanos = timeNanos;
    this.mapping = mapping;
    this.place = place;
    this.busAddress = busAddress;
    length = 0;
  }

  /**
   * Whether a write of that many bytes begins where this one ends. What was written piece by piece
   * is not merged into something that would be stored apart.
   */
  boolean isContinuedBy(
      int kind, int lane, long mapping, long place, long busAddress, int lengthBytes) {
    return this.kind == kind
        && this.lane == lane
        && this.mapping == mapping
        && this.place + length == place
        && this.busAddress + length == busAddress
        && length + lengthBytes < Blob.APART_FROM_BYTES;
  }

  void append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** The value's lowest bytes, little endian. */
  void append(int widthBytes, long value) {
    reserve(widthBytes);
    for (int i = 0; i < widthBytes; i++) bytes[length++] = (byte) (value >>> 8 * i);
  }

  private void reserve(int count) {
    if (count > bytes.length - length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
  }
}
