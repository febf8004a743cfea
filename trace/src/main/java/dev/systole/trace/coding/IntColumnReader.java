package dev.systole.trace.coding;

/** Reads what an {@link IntColumn} wrote. */
public final class IntColumnReader {
  private final IntColumnReader context;
  private final long[] expected;
  private final byte[] bytes;
  private int position;
  private long last;

  private IntColumnReader(byte[] bytes, IntColumnReader context, boolean ownContext, int slots) {
    this.bytes = bytes;
    this.context = ownContext ? this : context;
    this.expected = new long[slots];
  }

  /** Of an {@link IntColumn#plain}. */
  public static IntColumnReader plain(byte[] bytes) {
    return new IntColumnReader(bytes, null, false, 1);
  }

  /** Of an {@link IntColumn#by}. */
  public static IntColumnReader by(byte[] bytes, IntColumnReader context) {
    return new IntColumnReader(bytes, context, false, Predictions.SLOTS);
  }

  /** Of an {@link IntColumn#bySelf}. */
  public static IntColumnReader bySelf(byte[] bytes) {
    return new IntColumnReader(bytes, null, true, Predictions.SLOTS);
  }

  /** Of an {@link IntColumn#byGiven}. */
  public static IntColumnReader byGiven(byte[] bytes) {
    return new IntColumnReader(bytes, null, false, Predictions.SLOTS);
  }

  public long next() throws BadContentException {
    return last = take(context == null ? 0 : Predictions.slot(context.last));
  }

  public long next(long givenContext) throws BadContentException {
    return take(Predictions.slot(givenContext));
  }

  private long take(int slot) throws BadContentException {
    long zigzag = 0;
    for (int shift = 0; ; shift += 7) {
      if (position == bytes.length) throw new BadContentException("a column ends early");
      if (shift > 63) throw new BadContentException("a number is too long");
      byte b = bytes[position++];
      zigzag |= (long) (b & 0x7F) << shift;
      if (b >= 0) break;
    }
    return expected[slot] += zigzag >>> 1 ^ -(zigzag & 1);
  }
}
