package dev.systole.gpu.engine;

import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Turns clocks of an engine into nanoseconds at the present frequency, without losing what is less
 * than one.
 */
final class SliceClock {
  private final EngineHost host;
  private long startNanos;
  private long remainder;

  SliceClock(EngineHost host) {
    this.host = host;
  }

  /** A slice begins now. */
  void begin() {
    startNanos = host.nowNanos();
  }

  /** The time in the slice when {@code clocks} of it have passed. */
  long timeAfter(long clocks) {
    return startNanos + (host.clock().scaledNanos(clocks) + remainder) / host.clock().divisor();
  }

  /** Lets {@code clocks} pass from now on; returns the time then. */
  long spend(long clocks) {
    long scaled = host.clock().scaledNanos(clocks) + remainder;
    remainder = scaled % host.clock().divisor();
    return host.nowNanos() + scaled / host.clock().divisor();
  }

  void reset() {
    remainder = 0;
  }

  void save(StateSink sink) {
    sink.putLong(startNanos);
    sink.putLong(remainder);
  }

  void restore(StateSource source) {
    startNanos = source.takeLong();
    remainder = source.takeLong();
    if (remainder < 0 || remainder >= host.clock().divisor()) {
      throw new StateException("saved state: a fraction of a nanosecond is " + remainder);
    }
  }
}
