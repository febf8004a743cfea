package dev.systole.gpu.power;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.function.IntConsumer;

/**
 * What tells software to ask for another frequency (i915-kernel.md 7.3): an interrupt at the end of
 * an evaluation interval in which the GT was busy for more than RP_UP_THRESHOLD, or for less than
 * RP_DOWN_THRESHOLD, and one when it was idle for RP_DOWN_TIMEOUT.
 *
 * <p>An event is planned only where an interrupt will be: no interval that ends without one costs
 * anything. Each kind comes once, and again after software wrote one of the registers.
 */
final class Rps {
  /** The interrupts; their ordinals are arguments of events. */
  private enum Notice {
    UP(PMINTRMSK_UP_THRESHOLD),
    DOWN(PMINTRMSK_DOWN_THRESHOLD),
    TIMEOUT(PMINTRMSK_DOWN_TIMEOUT);

    /** In PMINTRMSK, and in the identity as well. */
    private final int bit;

    Notice(int bit) {
      this.bit = bit;
    }
  }

  private static final Notice[] NOTICES = Notice.values();
  private static final int ALL_BITS = Notice.UP.bit | Notice.DOWN.bit | Notice.TIMEOUT.bit;

  private final PagedMemory registers;
  private final Schedule schedule;
  private final IntConsumer interrupt;
  private final EvaluationInterval up;
  private final EvaluationInterval down;

  /** Bits of the notices that may come. */
  private int armed = ALL_BITS;

  private boolean planned;
  private long idleSinceNanos;

  /**
   * @param interrupt is given bits of the GT power manager's identity
   */
  Rps(PagedMemory registers, Schedule schedule, IntConsumer interrupt) {
    this.registers = registers;
    this.schedule = schedule;
    this.interrupt = interrupt;
    up = new EvaluationInterval(registers, RP_UP_EI, RP_UP_THRESHOLD);
    down = new EvaluationInterval(registers, RP_DOWN_EI, RP_DOWN_THRESHOLD);
  }

  /** Software wrote a register: intervals begin anew, and every notice may come again. */
  void restart(long nowNanos, boolean busy) {
    up.clear();
    down.clear();
    if (busy) begin(nowNanos);
    rearm();
  }

  /** Every notice may come again. */
  void rearm() {
    armed = ALL_BITS;
  }

  /** The GT is busy from now on. */
  void begin(long nowNanos) {
    if ((registers.load32(RP_CONTROL) & RP_CONTROL_ENABLE) == 0) return;
    up.begin(nowNanos);
    down.begin(nowNanos);
  }

  /** The GT is not busy from now on. */
  void end(long nowNanos) {
    idleSinceNanos = nowNanos;
  }

  /** The GT was busy, or was not, for some time. */
  void pass(long fromNanos, long toNanos, boolean busy) {
    up.pass(fromNanos, toNanos, busy);
    down.pass(fromNanos, toNanos, busy);
  }

  /**
   * Plans the interrupts that come if nothing changes.
   *
   * @param frequencyUnits the present frequency, which must lie within the limits for a notice
   */
  void plan(long nowNanos, boolean busy, int frequencyUnits) {
    if (planned) for (Notice notice : NOTICES) schedule.cancel(notice.ordinal());
    planned = false;
    if ((registers.load32(RP_CONTROL) & RP_CONTROL_ENABLE) == 0) return;
    int limits = registers.load32(RP_INTERRUPT_LIMITS);
    int upper = (limits & RP_INTERRUPT_LIMITS_UP_MASK) >>> RP_INTERRUPT_LIMITS_UP_SHIFT;
    int lower = (limits & RP_INTERRUPT_LIMITS_DOWN_MASK) >>> RP_INTERRUPT_LIMITS_DOWN_SHIFT;
    if (upper == 0 || frequencyUnits < upper) plan(Notice.UP, up.aboveNanos(nowNanos, busy));
    if (frequencyUnits <= lower) return;
    plan(Notice.DOWN, down.belowNanos(nowNanos, busy));
    long timeout = EvaluationInterval.toNanos(registers.load32(RP_DOWN_TIMEOUT));
    boolean passed = busy || nowNanos - idleSinceNanos >= timeout;
    if (!passed) plan(Notice.TIMEOUT, idleSinceNanos + timeout);
  }

  private void plan(Notice notice, long timeNanos) {
    int masked = registers.load32(PMINTRMSK);
    if (timeNanos == EvaluationInterval.NEVER || (armed & ~masked & notice.bit) == 0) return;
    schedule.at(Math.max(timeNanos, schedule.nowNanos()), notice.ordinal());
    planned = true;
  }

  boolean isEvent(int argument) {
    return argument >= 0 && argument < NOTICES.length;
  }

  /** The time of a notice has come. */
  void event(int argument) {
    int bit = NOTICES[argument].bit;
    armed &= ~bit;
    interrupt.accept(bit);
  }

  /** A counter as of the last {@link #pass}. */
  int counter(int offset, long nowNanos) {
    return switch (offset) {
      case RP_CUR_UP_EI -> up.elapsed(nowNanos);
      case RP_CUR_UP -> up.busy();
      case RP_PREV_UP -> up.previousBusy();
      case RP_CUR_DOWN_EI -> down.elapsed(nowNanos);
      case RP_CUR_DOWN -> down.busy();
      default -> down.previousBusy();
    };
  }

  void save(StateSink sink) {
    up.save(sink);
    down.save(sink);
    sink.putInt(armed);
    sink.putBoolean(planned);
    sink.putLong(idleSinceNanos);
  }

  void restore(StateSource source) {
    up.restore(source);
    down.restore(source);
    armed = source.takeInt();
    planned = source.takeBoolean();
    idleSinceNanos = source.takeLong();
  }
}
