package dev.systole.gpu.engine;

import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Turns clocks of an engine into nanoseconds at the present frequency, without losing what is less
 * than one.
 */
final class SliceClock {
  private static final int FACTOR_MAX = 1_000_000;

  private final EngineHost host;
  private long startNanos;

  /** What is left of a nanosecond, as a multiple of its {@link #divisor}th part. */
  private long remainder;

  private int divisor = 1;

  /** What a fault makes of one clock. */
  private int factor = 1;

  SliceClock(EngineHost host) {
    this.host = host;
  }

  /** A slice begins now. */
  void begin() {
    startNanos = host.nowNanos();
  }

  /** The time in the slice when {@code clocks} of it have passed. */
  long timeAfter(long clocks) {
    return startNanos + scaled(clocks) / divisor;
  }

  /** Lets {@code clocks} pass from now on; returns the time then. */
  long spend(long clocks) {
    long scaled = scaled(clocks);
    remainder = scaled % divisor;
    return host.nowNanos() + scaled / divisor;
  }

  private long scaled(long clocks) {
    if (divisor != host.clock().divisor()) {
      remainder = remainder * host.clock().divisor() / divisor;
      divisor = host.clock().divisor();
    }
    return host.clock().scaledNanos(clocks) * factor + remainder;
  }

  /** A fault: each clock takes {@code times} as long from now on. */
  void slowDown(int times) {
    factor = times;
  }

  void reset() {
    remainder = 0;
  }

  void save(StateSink sink) {
    sink.putLong(startNanos);
    sink.putLong(remainder);
    sink.putInt(divisor);
    sink.putInt(factor);
  }

  void restore(StateSource source) {
    startNanos = source.takeLong();
    remainder = source.takeLong();
    divisor = source.takeInt();
    factor = source.takeInt(FACTOR_MAX, "slowness of an engine");
    if (factor == 0 || remainder < 0 || remainder >= divisor) {
      throw new StateException("saved state: a fraction of a nanosecond is " + remainder);
    }
  }
}
