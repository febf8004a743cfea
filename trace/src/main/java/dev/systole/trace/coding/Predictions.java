package dev.systole.trace.coding;

import java.util.Arrays;

/**
 * What a column with a context expects: the value that it had the last time that the context was
 * the same. A small table keeps some contexts and their values; of a context that is not in it
 * nothing is known, and the column's last value is expected. Writer and reader keep the same table.
 */
final class Predictions {
  private static final int SLOT_BITS = 10;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final long[] contexts = new long[1 << SLOT_BITS];
  private final long[] values = new long[1 << SLOT_BITS];
  private int slot;

  /** Finds the place for a context and says what is expected, which may be the last value. */
  long expected(long context, long last) {
    slot = (int) (context * MULTIPLIER >>> 64 - SLOT_BITS);
    if (contexts[slot] == context) return values[slot];
    contexts[slot] = context;
    return last;
  }

  /** Keeps the value that came with the context asked for last. */
  void learn(long value) {
    values[slot] = value;
  }

  void reset() {
    Arrays.fill(contexts, 0);
    Arrays.fill(values, 0);
  }
}
