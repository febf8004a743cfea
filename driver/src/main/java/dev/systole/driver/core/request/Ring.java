package dev.systole.driver.core.request;

import dev.systole.driver.core.RingFullException;
import dev.systole.driver.core.mm.GgttRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The ring buffer of a context (i915: intel_ring.c). Offsets are in bytes. */
public final class Ring {
  /** Head and tail may never meet when the ring is full. */
  private static final int RESERVE_BYTES = 64;

  private final GgttRange pages;
  private final int sizeBytes;

  /** Where the oldest request that may still be read begins. */
  private int head;

  /** Where the next packet goes. */
  private int emit;

  Ring(GgttRange pages) {
    this.pages = pages;
    this.sizeBytes = pages.lengthBytes();
  }

  /** The pages of the ring. */
  public GgttRange pages() {
    return pages;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** Where the next packet goes. */
  int emitOffset() {
    return emit;
  }

  /** Everything before {@code offset} has been executed. */
  void retireUpTo(int offset) {
    head = wrap(offset);
  }

  /**
   * Refuses a request of {@code lengthBytes} that might not fit, wherever it wraps.
   *
   * @throws RingFullException when earlier requests must complete first
   */
  void reserve(int lengthBytes) {
    int freeBytes = wrap(head - emit - RESERVE_BYTES);
    if (head == emit) freeBytes = sizeBytes - RESERVE_BYTES;
    int fillBytesMax = Math.min(lengthBytes, sizeBytes - emit);
    if (lengthBytes + fillBytesMax > freeBytes) {
      throw new RingFullException(
          "ring of %d bytes has %d left, a request needs %d"
              .formatted(sizeBytes, freeBytes, lengthBytes + fillBytesMax));
    }
  }

  /** Writes a packet, which never crosses the end: the rest before it is filled with MI_NOOP. */
  void emit(int... dwords) {
    int lengthBytes = dwords.length * Integer.BYTES;
    if (emit + lengthBytes > sizeBytes) {
      pages.write(emit, new byte[sizeBytes - emit]);
      emit = 0;
    }
    write(emit, dwords);
    emit = wrap(emit + lengthBytes);
  }

  /** Overwrites a range, which may go around the end, with MI_NOOP. */
  void clear(int fromOffset, int toOffset) {
    if (fromOffset <= toOffset) {
      pages.write(fromOffset, new byte[toOffset - fromOffset]);
    } else {
      pages.write(fromOffset, new byte[sizeBytes - fromOffset]);
      pages.write(0, new byte[toOffset]);
    }
  }

  /** An offset within the ring. */
  int wrap(int offset) {
    return offset & (sizeBytes - 1);
  }

  /**
   * How far it is from {@code from} to {@code to}, on the shorter way: negative when {@code to}
   * lies behind.
   */
  int distance(int from, int to) {
    int ahead = wrap(to - from);
    return ahead >= sizeBytes / 2 ? ahead - sizeBytes : ahead;
  }

  private void write(int offset, int[] dwords) {
    ByteBuffer bytes =
        ByteBuffer.allocate(dwords.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) bytes.putInt(dword);
    pages.write(offset, bytes.array());
  }
}
