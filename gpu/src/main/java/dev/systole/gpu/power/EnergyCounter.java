package dev.systole.gpu.power;

import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;
import java.util.List;

/**
 * The energy that the GT has used, in 2^-14 J. What it draws is a model of ours: a little asleep,
 * more awake, and per busy engine a power that falls with the square of the frequency.
 */
final class EnergyCounter {
  /** The exponent of the unit, as PACKAGE_POWER_SKU_UNIT gives it. */
  static final int UNIT_EXPONENT = 14;

  private static final int ASLEEP_MILLIWATTS = 30;
  private static final int AWAKE_MILLIWATTS = 600;

  /** 2^-14 J are 61035156.25 mW·ns, so that quarters of a mW·ns count whole. */
  private static final long UNIT_QUARTERS = 244_140_625;

  private static final int QUARTERS = 4;
  private static final List<Engine> ENGINES = List.of(Engine.values());

  private final int highestUnits;
  private long count;
  private long remainder;

  /** Of a part that draws most at {@code highestUnits}. */
  EnergyCounter(int highestUnits) {
    this.highestUnits = highestUnits;
  }

  /** The GT slept for some time. */
  void sleep(long nanos) {
    pass(nanos, ASLEEP_MILLIWATTS);
  }

  /**
   * The GT was awake for some time.
   *
   * @param busyEngines a bit per {@link Engine#ordinal()}
   */
  void run(long nanos, int busyEngines, int frequencyUnits) {
    int busy = 0;
    for (Engine engine : ENGINES) {
      if ((busyEngines & 1 << engine.ordinal()) != 0) busy += milliwatts(engine);
    }
    long scaled = (long) busy * frequencyUnits * frequencyUnits / (highestUnits * highestUnits);
    pass(nanos, AWAKE_MILLIWATTS + scaled);
  }

  /** At the highest frequency. */
  private static int milliwatts(Engine engine) {
    return switch (engine.engineClass()) {
      case RENDER -> 9000;
      case COMPUTE -> 6000;
      case VIDEO -> 2000;
      case COPY -> 1500;
      case VIDEO_ENHANCE -> 1200;
    };
  }

  private void pass(long nanos, long milliwatts) {
    long quarters = QUARTERS * milliwatts;
    long rest = quarters * (nanos % UNIT_QUARTERS) + remainder;
    count += quarters * (nanos / UNIT_QUARTERS) + rest / UNIT_QUARTERS;
    remainder = rest % UNIT_QUARTERS;
  }

  int count() {
    return (int) count;
  }

  void save(StateSink sink) {
    sink.putLong(count);
    sink.putLong(remainder);
  }

  void restore(StateSource source) {
    count = source.takeLong();
    remainder = source.takeLong();
    if (remainder < 0 || remainder >= UNIT_QUARTERS) {
      throw new StateException("saved state: a part of a unit of energy is " + remainder);
    }
  }
}
