package dev.systole.trace.coding;

/** Reads what an {@link IntColumn} wrote. */
public final class IntColumnReader {
  private final IntColumnReader context;
  private final Predictions predictions;
  private final byte[] bytes;
  private int position;
  private long last;

  private IntColumnReader(
      byte[] bytes, IntColumnReader context, boolean ownContext, Predictions predictions) {
    this.bytes = bytes;
    this.context = ownContext ? this : context;
    this.predictions = predictions;
  }

  /** Of an {@link IntColumn#plain}. */
  public static IntColumnReader plain(byte[] bytes) {
    return new IntColumnReader(bytes, null, false, null);
  }

  /** Of an {@link IntColumn#by}. */
  public static IntColumnReader by(byte[] bytes, IntColumnReader context) {
    return new IntColumnReader(bytes, context, false, new Predictions());
  }

  /** Of an {@link IntColumn#bySelf}. */
  public static IntColumnReader bySelf(byte[] bytes) {
    return new IntColumnReader(bytes, null, true, new Predictions());
  }

  /** Of an {@link IntColumn#byGiven}. */
  public static IntColumnReader byGiven(byte[] bytes) {
    return new IntColumnReader(bytes, null, false, new Predictions());
  }

  public long next() throws BadContentException {
    return context == null ? last += difference() : next(context.last);
  }

  public long next(long givenContext) throws BadContentException {
    last = predictions.expected(givenContext, last) + difference();
    predictions.learn(last);
    return last;
  }

  private long difference() throws BadContentException {
    long zigzag = 0;
    for (int shift = 0; ; shift += 7) {
      if (position == bytes.length) throw new BadContentException("a column ends early");
      if (shift > 63) throw new BadContentException("a number is too long");
      byte b = bytes[position++];
      zigzag |= (long) (b & 0x7F) << shift;
      if (b >= 0) return zigzag >>> 1 ^ -(zigzag & 1);
    }
  }
}
