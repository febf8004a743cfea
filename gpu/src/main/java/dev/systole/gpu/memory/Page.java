package dev.systole.gpu.memory;

import dev.systole.gpu.sim.StateHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 4 KiB of memory, little endian. Whoever writes learns nothing of hashing, watching and sharing:
 * the first write after any of them was asked for tells the owner, all others cost one test.
 */
public final class Page {
  public static final int BYTES = 4096;
  public static final int SHIFT = 12;
  public static final int OFFSET_MASK = BYTES - 1;

  /** Width of the columns in which some tilings store pictures. */
  public static final int COLUMN_BYTES = 16;

  /** From one row to the next where a column is not stored as one. */
  public static final int COLUMN_STRIDE_BYTES = 512;

  /** Memory that nobody wrote yet; never written. */
  static final Page ZEROES = new Page(null, -1, new byte[BYTES]);

  /** What a read beyond all memory sees; never written. */
  static final Page ONES = new Page(null, -1, new byte[BYTES]);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LANE_MULTIPLIER = 0x9e3779b97f4a7c15L;

  static {
    Arrays.fill(ONES.bytes, (byte) -1);
  }

  final long number;
  private final PagedMemory owner;

  /** The content; while {@link #shared}, others have it too and nobody writes it. */
  private byte[] bytes;

  private boolean shared;
  private boolean armed;
  boolean watched;

  private Page(PagedMemory owner, long number, byte[] bytes) {
    this.owner = owner;
    this.number = number;
    this.bytes = bytes;
    armed = owner != null;
  }

  /** A page of memory that holds {@code content}, which never changes: a write copies it. */
  static Page sharing(PagedMemory owner, long number, byte[] content) {
    var page = new Page(owner, number, content);
    page.shared = true;
    return page;
  }

  /** A page of zeroes. */
  static Page fresh(PagedMemory owner, long number) {
    return new Page(owner, number, new byte[BYTES]);
  }

  /** A page that belongs to no memory: what is written there is of no interest. */
  static Page sink() {
    return new Page(null, -1, new byte[BYTES]);
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
    if (armed) beWritten();
    INT.set(bytes, offset, value);
  }

  public void store64(int offset, long value) {
    if (armed) beWritten();
    LONG.set(bytes, offset, value);
  }

  public byte load8(int offset) {
    return bytes[offset];
  }

  public void store8(int offset, byte value) {
    if (armed) beWritten();
    bytes[offset] = value;
  }

  /** Copies {@code lengthBytes} out of the page. */
  public void read(int offset, byte[] target, int targetOffset, int lengthBytes) {
    System.arraycopy(bytes, offset, target, targetOffset, lengthBytes);
  }

  /** Copies {@code lengthBytes} into the page. */
  public void write(int offset, byte[] source, int sourceOffset, int lengthBytes) {
    if (armed) beWritten();
    System.arraycopy(source, sourceOffset, bytes, offset, lengthBytes);
  }

  /** Copies {@code lengthBytes} from another page, or within this one as if through a buffer. */
  public void copyFrom(int offset, Page source, int sourceOffset, int lengthBytes) {
    write(offset, source.bytes, sourceOffset, lengthBytes);
  }

  /**
   * Copies a column, whose rows lie side by side here, to rows of {@link #COLUMN_STRIDE_BYTES}.
   * What is constant here makes the loop fast.
   */
  public void readColumn(int offset, byte[] target, int targetOffset, int rows) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * COLUMN_BYTES;
      int to = targetOffset + row * COLUMN_STRIDE_BYTES;
      LONG.set(target, to, (long) LONG.get(bytes, from));
      LONG.set(target, to + Long.BYTES, (long) LONG.get(bytes, from + Long.BYTES));
    }
  }

  /** Copies a column from rows of {@link #COLUMN_STRIDE_BYTES}; see {@link #readColumn}. */
  public void writeColumn(int offset, byte[] source, int sourceOffset, int rows) {
    if (armed) beWritten();
    for (int row = 0; row < rows; row++) {
      int from = sourceOffset + row * COLUMN_STRIDE_BYTES;
      int to = offset + row * COLUMN_BYTES;
      LONG.set(bytes, to, (long) LONG.get(source, from));
      LONG.set(bytes, to + Long.BYTES, (long) LONG.get(source, from + Long.BYTES));
    }
  }

  /** Whether the page holds nothing but zeroes. */
  public boolean isZero() {
    return bytes == ZEROES.bytes || Arrays.equals(bytes, ZEROES.bytes);
  }

  /** Asks that the next write be told to the owner. */
  void arm() {
    armed = true;
  }

  private void beWritten() {
    if (shared) {
      bytes = bytes.clone();
      shared = false;
    }
    armed = false;
    owner.written(this);
  }

  /** The content, for good: the next write copies it first. */
  byte[] share() {
    shared = true;
    armed = true;
    return bytes;
  }

  /** Takes over a content that nobody writes any more. */
  void become(byte[] content) {
    bytes = content;
    shared = true;
    armed = true;
  }

  /** A hash of number and content; 0 for zeroes, so that they count like untouched memory. */
  long contentHash() {
    if (bytes == ZEROES.bytes) return 0;
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int offset = 0; offset < BYTES; offset += 4 * Long.BYTES) {
      a = (a ^ a >>> 32 ^ load64(offset)) * LANE_MULTIPLIER;
      b = (b ^ b >>> 32 ^ load64(offset + Long.BYTES)) * LANE_MULTIPLIER;
      c = (c ^ c >>> 32 ^ load64(offset + 2 * Long.BYTES)) * LANE_MULTIPLIER;
      d = (d ^ d >>> 32 ^ load64(offset + 3 * Long.BYTES)) * LANE_MULTIPLIER;
    }
    if ((a | b | c | d) == 0) return 0;
    long lanes = StateHash.mix(StateHash.mix(StateHash.mix(a) + b) + c) + d;
    return StateHash.mix(lanes ^ (number + 1) * LANE_MULTIPLIER);
  }

  /** The content to be saved at once; not to be kept. */
  byte[] content() {
    return bytes;
  }
}
