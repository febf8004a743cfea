package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * RC6, in which an idle GT sleeps (i915-kernel.md 7.2). Nothing is planned: when the GT becomes
 * idle the moment of falling asleep follows from the registers.
 *
 * <p>Under software's control the GT sleeps as soon as it is idle while RC_STATE asks for it. Under
 * the hardware's it has to be idle for the hysteresis, and, in timeout mode, for RC6_THRESHOLD; in
 * evaluation interval mode an interval must have passed in which the GT was idle for RC6_THRESHOLD
 * (i915: gen9_rc6_enable, "50/125ms per EI").
 */
final class Rc6 {
  /** The unit of all delays and of the residency counter. */
  private static final int UNIT_NANOS = 1280;

  private static final long NEVER = Long.MAX_VALUE;

  private final PagedMemory registers;

  /** When the GT, which is idle, is asleep; {@link #NEVER}: something keeps it awake. */
  private long entryNanos = NEVER;

  private long residentNanos;
  private long intervalStartNanos;
  private long idleNanos;
  private boolean promoted;

  /** RC6 as the registers say that {@code registers} hold. */
  Rc6(PagedMemory registers) {
    this.registers = registers;
  }

  void reset(long nowNanos) {
    entryNanos = NEVER;
    residentNanos = 0;
    restart(nowNanos);
  }

  /** Software wrote the registers: a new evaluation interval begins. */
  void restart(long nowNanos) {
    intervalStartNanos = nowNanos;
    idleNanos = 0;
    promoted = false;
  }

  /**
   * The GT was idle, or was not, for some time.
   *
   * @return how much of it the GT was asleep
   */
  long pass(long fromNanos, long toNanos, boolean idle) {
    evaluate(fromNanos, toNanos, idle);
    long asleep = Math.max(0, toNanos - Math.max(fromNanos, entryNanos));
    residentNanos += asleep;
    return asleep;
  }

  private void evaluate(long fromNanos, long toNanos, boolean idle) {
    long interval = nanos(RC_EVALUATION_INTERVAL);
    if (interval == 0) return;
    long end = intervalStartNanos + interval;
    if (toNanos < end) {
      if (idle) idleNanos += toNanos - fromNanos;
      return;
    }
    long whole = (toNanos - end) / interval;
    long lastIdle = idle ? interval : 0;
    if (whole == 0) lastIdle = idleNanos + (idle ? end - fromNanos : 0);
    promoted = lastIdle >= nanos(RC6_THRESHOLD);
    intervalStartNanos = end + whole * interval;
    idleNanos = idle ? toNanos - intervalStartNanos : 0;
  }

  /** Nothing keeps the GT awake from now on. */
  void fallIdle(long nowNanos) {
    entryNanos = entry(nowNanos);
  }

  private long entry(long idleSince) {
    int control = registers.load32(RC_CONTROL);
    if ((control & RC_CONTROL_RC6_ENABLE) == 0) return NEVER;
    if ((control & RC_CONTROL_HARDWARE_ENABLE) == 0) return softwareTarget() ? idleSince : NEVER;
    long settled = idleSince + nanos(RC_IDLE_HYSTERESIS);
    long threshold = nanos(RC6_THRESHOLD);
    if ((control & RC_CONTROL_TIMEOUT_MODE) != 0) return Math.max(settled, idleSince + threshold);
    if ((control & RC_CONTROL_EI_MODE) == 0) return settled;
    long interval = nanos(RC_EVALUATION_INTERVAL);
    long end = intervalStartNanos + interval;
    if (promoted && settled < end) return settled;
    if (idleNanos + end - idleSince >= threshold) return Math.max(settled, end);
    return threshold <= interval ? Math.max(settled, end + interval) : NEVER;
  }

  private boolean softwareTarget() {
    int target = registers.load32(RC_STATE) & RC_STATE_SOFTWARE_TARGET_MASK;
    return target == RC_STATE_SOFTWARE_TARGET_RC6;
  }

  /** Something keeps the GT awake from now on. */
  void wake() {
    entryNanos = NEVER;
  }

  boolean asleep(long nowNanos) {
    return nowNanos >= entryNanos;
  }

  /** RC6_RESIDENCY as of the last {@link #pass}. */
  int residency() {
    return (int) (residentNanos / UNIT_NANOS);
  }

  private long nanos(int register) {
    return Integer.toUnsignedLong(registers.load32(register)) * UNIT_NANOS;
  }

  void save(StateSink sink) {
    sink.putLong(entryNanos);
    sink.putLong(residentNanos);
    sink.putLong(intervalStartNanos);
    sink.putLong(idleNanos);
    sink.putBoolean(promoted);
  }

  void restore(StateSource source) {
    entryNanos = source.takeLong();
    residentNanos = source.takeLong();
    intervalStartNanos = source.takeLong();
    idleNanos = source.takeLong();
    promoted = source.takeBoolean();
  }
}
