package dev.systole.gpu.injection;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKey;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.List;

/** A fault of the plan, and how far it is. */
public final class ArmedFault {
  private final Fault fault;

  /** In a replay, where it fired; null when it fires where it says. */
  private final List<FaultPoint> points;

  private final long first;
  private final long times;
  private final long chance;
  private final Dice dice;

  /** Occasions that were its, and how many of them it took. */
  private long seen;

  private long fired;

  ArmedFault(FaultPlan.Entry entry) {
    fault = entry.fault();
    points = entry.points().orElse(null);
    first = fault.value(FaultKey.NTH, 1);
    times = fault.times();
    chance = fault.value(FaultKey.PROBABILITY, Fault.CERTAIN);
    dice = new Dice(fault.value(FaultKey.SEED, 0), fault.text());
  }

  public Fault fault() {
    return fault;
  }

  /** Whether it may still fire now or later on, its time having come. */
  public boolean waits(long nowNanos) {
    return fired < times && nowNanos >= fault.value(FaultKey.TIME, 0);
  }

  /**
   * Whether it fires on an occasion that is its by all that it says but for number and chance.
   *
   * @param occasion as a {@link FaultPoint} counts them
   */
  boolean takes(FaultTarget target, long occasion) {
    seen++;
    boolean takes = points != null ? isPoint(target, occasion) : isDue();
    if (takes) fired++;
    return takes;
  }

  private boolean isPoint(FaultTarget target, long occasion) {
    for (FaultPoint point : points) {
      if (point.occasion() == occasion && point.target().equals(target)) return true;
    }
    return false;
  }

  private boolean isDue() {
    return seen >= first && (chance == Fault.CERTAIN || dice.next() < chance);
  }

  void save(StateSink sink) {
    sink.putLong(seen);
    sink.putLong(fired);
    dice.save(sink);
  }

  void restore(StateSource source) {
    seen = source.takeLong();
    fired = source.takeLong();
    dice.restore(source);
  }
}
