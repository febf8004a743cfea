package dev.systole.trace.coding;

/**
 * How a context finds its expectation: in a small table that both writer and reader keep per
 * column. Two contexts that share a slot cost bytes, never correctness.
 */
final class Predictions {
  static final int SLOTS = 1 << 10;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Predictions() {}

  /** The ten upper bits of the context times 2^64 divided by the golden ratio. */
  static int slot(long context) {
    return (int) (context * MULTIPLIER >>> 54);
  }
}
