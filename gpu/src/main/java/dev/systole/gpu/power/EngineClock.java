package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The clock of the engines: its frequency is what software asked for, within the limits of the
 * part, in units of 50/3 MHz (i915-kernel.md 7.3). Without being asked it runs at its highest.
 */
public final class EngineClock implements Part, RegisterBlock {
  /** A clock at one unit, 16.667 MHz, lasts so long. */
  private static final int UNIT_NANOS = 60;

  private static final int UNITS_PER_CAP_STEP = 3;

  private final Platform platform;
  private int units;

  /** The clock of {@code platform} after power-on. */
  public EngineClock(Platform platform) {
    this.platform = platform;
    units = platform.highestFrequencyUnits();
  }

  /** The registers that are this part's. */
  public static int[] claimed() {
    return new int[] {RP_STATE_CAP, FREQ_INFO_REC};
  }

  @Override
  public int read(int offset) {
    return offset == RP_STATE_CAP ? capabilities() : efficient();
  }

  /** These registers only tell something. */
  @Override
  public void write(int offset, int value) {}

  /** Takes a write of RPNSWREQ; work that is under way ends as it would have. */
  void request(int value) {
    int asked = (value & RPNSWREQ_SOFTWARE_FREQUENCY_MASK) >>> RPNSWREQ_SOFTWARE_FREQUENCY_SHIFT;
    units = Math.clamp(asked, platform.lowestFrequencyUnits(), platform.highestFrequencyUnits());
  }

  /** RPSTAT of a GT that is awake. */
  int status() {
    return units << RPSTAT_CURRENT_FREQUENCY_SHIFT;
  }

  /** RP_STATE_CAP: the limits, in steps of 50 MHz. */
  private int capabilities() {
    return platform.highestFrequencyUnits() / UNITS_PER_CAP_STEP << RP_STATE_CAP_RP0_SHIFT
        | platform.efficientFrequencyUnits() / UNITS_PER_CAP_STEP << RP_STATE_CAP_RP1_SHIFT
        | platform.lowestFrequencyUnits() / UNITS_PER_CAP_STEP << RP_STATE_CAP_RPN_SHIFT;
  }

  /** FREQ_INFO_REC: the efficient frequency, in steps of 50 MHz. */
  private int efficient() {
    return platform.efficientFrequencyUnits() / UNITS_PER_CAP_STEP << FREQ_INFO_REC_RPE_SHIFT;
  }

  /**
   * How long {@code clocks} last, in units of a nanosecond divided by {@link #divisor}: divided by
   * it they are nanoseconds, and the remainder belongs to the next work.
   */
  public long scaledNanos(long clocks) {
    return clocks * UNIT_NANOS;
  }

  /** What {@link #scaledNanos} is divided by. */
  public int divisor() {
    return units;
  }

  @Override
  public void reset() {
    units = platform.highestFrequencyUnits();
  }

  @Override
  public void save(StateSink sink) {
    sink.putInt(units);
  }

  @Override
  public void restore(StateSource source) {
    int saved = source.takeInt();
    units = Math.clamp(saved, platform.lowestFrequencyUnits(), platform.highestFrequencyUnits());
  }
}
