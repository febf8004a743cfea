package dev.systole.gpu.power;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * One of the two evaluation intervals of RPS: how long the GT was busy in it. Intervals follow each
 * other while the GT is busy; the one in which it falls idle is the last until it is busy again.
 */
final class EvaluationInterval {
  static final long NEVER = Long.MAX_VALUE;

  /** 16 clocks of 19.2 MHz are 2500/3 ns (i915-kernel.md 7.3). */
  private static final int NANOS_OF_UNITS = 2500;

  private static final int UNITS = 3;

  private final PagedMemory registers;
  private final int lengthRegister;
  private final int thresholdRegister;

  private boolean running;
  private long startNanos;
  private long busyNanos;
  private long previousBusyNanos;

  EvaluationInterval(PagedMemory registers, int lengthRegister, int thresholdRegister) {
    this.registers = registers;
    this.lengthRegister = lengthRegister;
    this.thresholdRegister = thresholdRegister;
  }

  void begin(long nowNanos) {
    if (running) return;
    running = true;
    startNanos = nowNanos;
    busyNanos = 0;
  }

  /** No interval is under way, and none was. */
  void clear() {
    running = false;
    busyNanos = 0;
    previousBusyNanos = 0;
  }

  /** The GT was busy, or was not, for some time. */
  void pass(long fromNanos, long toNanos, boolean busy) {
    long length = nanos(lengthRegister);
    if (!running || length == 0) return;
    long end = startNanos + length;
    if (toNanos < end) {
      if (busy) busyNanos += toNanos - fromNanos;
      return;
    }
    previousBusyNanos = busyNanos + (busy ? end - fromNanos : 0);
    long whole = (toNanos - end) / length;
    if (busy && whole > 0) previousBusyNanos = length;
    running = busy;
    startNanos = end + whole * length;
    busyNanos = busy ? toNanos - startNanos : 0;
  }

  /** When an interval ends that is busy for more than the threshold, if the GT goes on so. */
  long aboveNanos(long nowNanos, boolean busy) {
    long length = nanos(lengthRegister);
    long threshold = nanos(thresholdRegister);
    if (!running || length == 0) return NEVER;
    long end = startNanos + length;
    if (busyAt(end, nowNanos, busy) > threshold) return end;
    return busy && length > threshold ? end + length : NEVER;
  }

  /** When an interval ends that is busy for less than the threshold, if the GT goes on so. */
  long belowNanos(long nowNanos, boolean busy) {
    long length = nanos(lengthRegister);
    long threshold = nanos(thresholdRegister);
    if (!running || length == 0) return NEVER;
    long end = startNanos + length;
    if (busyAt(end, nowNanos, busy) < threshold) return end;
    return busy && length < threshold ? end + length : NEVER;
  }

  private long busyAt(long end, long nowNanos, boolean busy) {
    return busyNanos + (busy ? end - nowNanos : 0);
  }

  /** How much of the present interval has passed, in the registers' units. */
  int elapsed(long nowNanos) {
    return running ? units(nowNanos - startNanos) : 0;
  }

  /** How long the GT was busy in the present interval. */
  int busy() {
    return units(busyNanos);
  }

  /** How long the GT was busy in the interval before. */
  int previousBusy() {
    return units(previousBusyNanos);
  }

  private static int units(long nanos) {
    return (int) (nanos * UNITS / NANOS_OF_UNITS);
  }

  private long nanos(int register) {
    return toNanos(registers.load32(register));
  }

  /** Nanoseconds of what a register holds. */
  static long toNanos(int units) {
    return Integer.toUnsignedLong(units) * NANOS_OF_UNITS / UNITS;
  }

  void save(StateSink sink) {
    sink.putBoolean(running);
    sink.putLong(startNanos);
    sink.putLong(busyNanos);
    sink.putLong(previousBusyNanos);
  }

  void restore(StateSource source) {
    running = source.takeBoolean();
    startNanos = source.takeLong();
    busyNanos = source.takeLong();
    previousBusyNanos = source.takeLong();
  }
}
