package dev.systole.gpu.sim;

/** A 64-bit hash of state; a multiply-mix, not meant against an adversary. */
public final class StateHash implements StateSink {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private long hash;

  /** Begins with nothing. */
  public StateHash() {}

  /** Scatters the bits of {@code value} over the whole word. */
  public static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0xd6e8feb86659fd93L;
    return mixed ^ mixed >>> 29;
  }

  @Override
  public void putInt(int value) {
    putLong(value);
  }

  @Override
  public void putLong(long value) {
    hash = mix(hash * MULTIPLIER + value + 1);
  }

  @Override
  public void putBytes(byte[] bytes) {
    for (byte value : bytes) putLong(value);
  }

  /** The hash of all that was put. */
  public long hash() {
    return hash;
  }
}
