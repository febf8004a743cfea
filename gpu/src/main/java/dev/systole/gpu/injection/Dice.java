package dev.systole.gpu.injection;

import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/** The randomness of one fault: a generator with a state of two longs (xorshift128+). */
final class Dice {
  private static final int RESULT_SHIFT = 11;
  private static final long INCREMENT = 0x9e3779b97f4a7c15L;

  private long a;
  private long b;

  /** Begins with what {@code seed} and a fault's text make. */
  Dice(long seed, String text) {
    long mixed = StateHash.mix(seed + INCREMENT);
    for (int i = 0; i < text.length(); i++) mixed = StateHash.mix(mixed + text.charAt(i));
    a = StateHash.mix(mixed + INCREMENT) | 1;
    b = StateHash.mix(a + INCREMENT);
  }

  /** The next number, of 53 bits. */
  long next() {
    long x = a;
    long y = b;
    a = y;
    x ^= x << 23;
    b = x ^ y ^ x >>> 17 ^ y >>> 26;
    return (b + y) >>> RESULT_SHIFT;
  }

  void save(StateSink sink) {
    sink.putLong(a);
    sink.putLong(b);
  }

  void restore(StateSource source) {
    a = source.takeLong();
    b = source.takeLong();
  }
}
