package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;
import java.util.function.IntConsumer;

/**
 * What keeps the GT awake, and what follows from it: RC6, the evaluation of RPS and energy
 * (i915-kernel.md part 7). Between changes all of them are arithmetic: time is counted when
 * something changes or somebody looks, and costs no events.
 */
public final class GtPower implements Part, RegisterBlock {
  /** From a submission or a request of forcewake to a GT that is awake; a choice of ours. */
  private static final long RC6_EXIT_NANOS = 50_000;

  private final PagedMemory registers;
  private final EngineClock clock;
  private final Schedule schedule;
  private final Rc6 rc6;
  private final Rps rps;
  private final EnergyCounter energy;

  /** A bit per {@link Engine#ordinal()}. */
  private int busyEngines;

  private boolean wellsHeld;
  private boolean off;
  private long countedNanos;

  /** When the GT has left, or will have left, RC6. */
  private long awakeNanos;

  /**
   * @param registers where those are kept that nothing counts
   * @param interrupt is given bits of the GT power manager's identity
   */
  public GtPower(
      Platform platform,
      PagedMemory registers,
      EngineClock clock,
      Schedule schedule,
      IntConsumer interrupt) {
    this.registers = registers;
    this.clock = clock;
    this.schedule = schedule;
    rc6 = new Rc6(registers);
    rps = new Rps(registers, schedule, interrupt);
    energy = new EnergyCounter(platform.highestFrequencyUnits());
  }

  /** The registers that are this part's. */
  public static int[] claimed() {
    return new int[] {
      RPNSWREQ,
      RPSTAT,
      RP_DOWN_TIMEOUT,
      RP_INTERRUPT_LIMITS,
      RP_CONTROL,
      RP_UP_THRESHOLD,
      RP_DOWN_THRESHOLD,
      RP_CUR_UP_EI,
      RP_CUR_UP,
      RP_PREV_UP,
      RP_CUR_DOWN_EI,
      RP_CUR_DOWN,
      RP_PREV_DOWN,
      RP_UP_EI,
      RP_DOWN_EI,
      PMINTRMSK,
      GPM_WGBOXPERF_INTR_MASK,
      RC_CONTROL,
      RC_STATE,
      RC_EVALUATION_INTERVAL,
      RC_IDLE_HYSTERESIS,
      RC6_THRESHOLD,
      RC6_RESIDENCY,
      RC6_LOCKED_RESIDENCY,
      RC6P_RESIDENCY,
      RC6PP_RESIDENCY,
      MCH_SECP_NRG_STTS,
      PACKAGE_POWER_SKU_UNIT
    };
  }

  // ---- what keeps the GT awake

  /**
   * An engine has something to do.
   *
   * @return how long it takes until the GT is awake, in nanoseconds
   */
  public long engineStarts(Engine engine) {
    count();
    if (!busy()) rps.begin(now());
    busyEngines |= 1 << engine.ordinal();
    return wake();
  }

  /** An engine has nothing to do any more. */
  public void engineStops(Engine engine) {
    if ((busyEngines & 1 << engine.ordinal()) == 0) return;
    count();
    busyEngines &= ~(1 << engine.ordinal());
    if (!busy()) rps.end(now());
    sleepIfIdle();
  }

  /**
   * Software asks for a well.
   *
   * @return how long it takes until the GT is awake, in nanoseconds
   */
  long holdWells() {
    count();
    wellsHeld = true;
    return wake();
  }

  /** No well is asked for any more. */
  void releaseWells() {
    if (!wellsHeld) return;
    count();
    wellsHeld = false;
    sleepIfIdle();
  }

  private long wake() {
    if (rc6.asleep(now())) awakeNanos = now() + RC6_EXIT_NANOS;
    rc6.wake();
    plan();
    return Math.max(0, awakeNanos - now());
  }

  private void sleepIfIdle() {
    if (idle()) rc6.fallIdle(now());
    plan();
  }

  /** The function leaves or enters D3, in which the GT has no power. */
  public void setOff(boolean without) {
    count();
    off = without;
  }

  private boolean busy() {
    return busyEngines != 0;
  }

  private boolean idle() {
    return !busy() && !wellsHeld;
  }

  private long now() {
    return schedule.nowNanos();
  }

  private void plan() {
    rps.plan(now(), busy(), clock.divisor());
  }

  /** Counts the time since this was done last. */
  private void count() {
    long from = countedNanos;
    long to = now();
    countedNanos = to;
    if (off || to == from) return;
    long asleep = rc6.pass(from, to, idle());
    rps.pass(from, to, busy());
    energy.sleep(asleep);
    energy.run(to - from - asleep, busyEngines, clock.divisor());
  }

  // ---- registers

  @Override
  public int read(int offset) {
    count();
    return switch (offset) {
      case RPSTAT -> rc6.asleep(now()) ? 0 : clock.status();
      case RC6_RESIDENCY -> rc6.residency();
      case RP_CUR_UP_EI, RP_CUR_UP, RP_PREV_UP, RP_CUR_DOWN_EI, RP_CUR_DOWN, RP_PREV_DOWN ->
          rps.counter(offset, now());
      case MCH_SECP_NRG_STTS -> energy.count();
      case PACKAGE_POWER_SKU_UNIT ->
          EnergyCounter.UNIT_EXPONENT << PACKAGE_POWER_SKU_UNIT_ENERGY_UNIT_SHIFT;
      default -> registers.load32(offset);
    };
  }

  /** Takes a setting; counters that only count ignore writes. */
  @Override
  public void write(int offset, int value) {
    count();
    switch (offset) {
      case RPSTAT,
          RP_PREV_UP,
          RP_PREV_DOWN,
          RC6_RESIDENCY,
          RC6_LOCKED_RESIDENCY,
          RC6P_RESIDENCY,
          RC6PP_RESIDENCY,
          MCH_SECP_NRG_STTS,
          PACKAGE_POWER_SKU_UNIT -> {
        return;
      }
      case RP_CUR_UP_EI, RP_CUR_UP, RP_CUR_DOWN_EI, RP_CUR_DOWN -> rps.restart(now(), busy());
      case RP_CONTROL, RP_UP_EI, RP_DOWN_EI -> {
        registers.store32(offset, value);
        rps.restart(now(), busy());
      }
      case RC_CONTROL, RC_EVALUATION_INTERVAL, RC6_THRESHOLD -> {
        registers.store32(offset, value);
        rc6.restart(now());
      }
      default -> registers.store32(offset, value);
    }
    if (offset == RPNSWREQ) clock.request(value);
    rps.rearm();
    plan();
  }

  // ---- the part

  /** The energy counter is the package's, which stays on. */
  @Override
  public void reset() {
    count();
    busyEngines = 0;
    wellsHeld = false;
    awakeNanos = 0;
    rc6.reset(now());
    rps.end(now());
    rps.restart(now(), false);
    plan();
  }

  @Override
  public boolean isEvent(int argument) {
    return rps.isEvent(argument);
  }

  @Override
  public void event(int argument) {
    count();
    rps.event(argument);
    plan();
  }

  @Override
  public void save(StateSink sink) {
    sink.putInt(busyEngines);
    sink.putBoolean(wellsHeld);
    sink.putBoolean(off);
    sink.putLong(countedNanos);
    sink.putLong(awakeNanos);
    rc6.save(sink);
    rps.save(sink);
    energy.save(sink);
  }

  @Override
  public void restore(StateSource source) {
    busyEngines = source.takeInt();
    wellsHeld = source.takeBoolean();
    off = source.takeBoolean();
    countedNanos = source.takeLong();
    awakeNanos = source.takeLong();
    boolean possible = countedNanos >= 0 && countedNanos <= now() && awakeNanos >= 0;
    if (!possible || awakeNanos > now() + RC6_EXIT_NANOS) {
      throw new StateException("saved state: the GT's power was counted at " + countedNanos);
    }
    rc6.restore(source);
    rps.restore(source);
    energy.restore(source);
  }
}
