package dev.systole.gpu.command;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The work of a command that takes long, in units such as thread groups. It is done in parts, each
 * of which costs its time before it takes effect; between two parts another context may take over
 * where the command allows it, and what is left is done when the context runs again.
 */
public final class Job {
  /** Nothing is to be done now. */
  static final long WAIT = -1;

  /** No count of units or clocks is believed beyond this. */
  private static final long LIMIT = 1L << 32;

  /** How long a preemption may have to wait for the end of a part: about 50 µs. */
  private static final long PART_CLOCKS = 1 << 16;

  private static final long NONE = -1;

  /** The command that works, and how many units it has done. */
  private long address = NONE;

  private long done;

  Job() {}

  /** The product of two counts, but no more than a job may have. */
  static long product(long a, long b) {
    if (a == 0 || b == 0) return 0;
    return a > LIMIT / b ? LIMIT : a * b;
  }

  /** How many units of the command's work are done. */
  public long done() {
    return done;
  }

  /**
   * Begins the next part of the running command's work.
   *
   * @param setupClocks before the first unit
   * @param divisible whether another context may take over between two units
   * @return how many units are to be done now, or {@link #WAIT} when the command stopped
   */
  long begin(EngineState s, long units, long unitClocks, long setupClocks, boolean divisible) {
    if (address != s.commandAddress) {
      address = s.commandAddress;
      done = 0;
    }
    if (!s.isPaid() && s.preemptible() && (done == 0 || divisible)) {
      s.stopBefore(Stop.PREEMPT);
      return WAIT;
    }
    long longest = divisible ? PART_CLOCKS : LIMIT;
    long part = Math.min(units - done, Math.max(longest / Math.max(unitClocks, 1), 1));
    long clocks = product(Math.max(part, 0), unitClocks) + (done == 0 ? setupClocks : 0);
    return s.mustPay(clocks) ? WAIT : Math.max(part, 0);
  }

  /** A part is done; returns whether it was the last, else the command stops and goes on. */
  boolean end(EngineState s, long units, long part) {
    done += part;
    if (done < units) {
      s.stopBefore(Stop.TIMED);
      return false;
    }
    forget();
    return true;
  }

  /** Nothing is being worked at. */
  void forget() {
    address = NONE;
    done = 0;
  }

  /** Goes on with the command at {@code at}, of which so much is done. */
  public void resume(long at, long units) {
    if (units <= 0) return;
    address = at;
    done = units;
  }

  void save(StateSink sink) {
    sink.putLong(address);
    sink.putLong(done);
  }

  void restore(StateSource source) {
    address = source.takeLong();
    done = source.takeLong();
  }
}
