package dev.systole.gpu.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 4 KiB of memory, little endian. Whoever writes learns nothing of hashing and watching: the first
 * write after either was asked for tells the owner, all others cost one test.
 */
public final class Page {
  public static final int BYTES = 4096;
  public static final int SHIFT = 12;
  public static final int OFFSET_MASK = BYTES - 1;

  /** Memory that nobody wrote yet; never written. */
  static final Page ZEROES = new Page(null, -1);

  /** What a read beyond all memory sees; never written. */
  static final Page ONES = new Page(null, -1);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    Arrays.fill(ONES.bytes, (byte) -1);
  }

  final byte[] bytes = new byte[BYTES];
  final PagedMemory owner;
  final long number;
  long hash;
  boolean dirty;
  boolean watched;
  boolean armed;

  Page(PagedMemory owner, long number) {
    this.owner = owner;
    this.number = number;
    armed = owner != null;
  }

  /** Whether the page is memory that somebody touched, and so will stay this object. */
  public boolean isReal() {
    return number >= 0;
  }

  public int load32(int offset) {
    return (int) INT.get(bytes, offset);
  }

  public long load64(int offset) {
    return (long) LONG.get(bytes, offset);
  }

  public void store32(int offset, int value) {
    if (armed) owner.written(this);
    INT.set(bytes, offset, value);
  }

  public void store64(int offset, long value) {
    if (armed) owner.written(this);
    LONG.set(bytes, offset, value);
  }

  public byte load8(int offset) {
    return bytes[offset];
  }

  public void store8(int offset, byte value) {
    if (armed) owner.written(this);
    bytes[offset] = value;
  }

  /** Copies {@code lengthBytes} out of the page. */
  public void read(int offset, byte[] target, int targetOffset, int lengthBytes) {
    System.arraycopy(bytes, offset, target, targetOffset, lengthBytes);
  }

  /** Copies {@code lengthBytes} into the page. */
  public void write(int offset, byte[] source, int sourceOffset, int lengthBytes) {
    if (armed) owner.written(this);
    System.arraycopy(source, sourceOffset, bytes, offset, lengthBytes);
  }

  /** Copies {@code lengthBytes} from another page, or within this one as if through a buffer. */
  public void copyFrom(int offset, Page source, int sourceOffset, int lengthBytes) {
    write(offset, source.bytes, sourceOffset, lengthBytes);
  }

  /** Copies columns of 16 bytes that lie {@code step} bytes apart, as those of Y tiles do. */
  public void copyColumns(
      int offset, int step, Page source, int sourceOffset, int sourceStep, int columns) {
    if (armed) owner.written(this);
    for (int i = 0; i < columns; i++) {
      int from = sourceOffset + i * sourceStep;
      int to = offset + i * step;
      long first = source.load64(from);
      long second = source.load64(from + Long.BYTES);
      LONG.set(bytes, to, first);
      LONG.set(bytes, to + Long.BYTES, second);
    }
  }

  /** Whether the page holds nothing but zeroes. */
  public boolean isZero() {
    return this == ZEROES || Arrays.equals(bytes, ZEROES.bytes);
  }
}
