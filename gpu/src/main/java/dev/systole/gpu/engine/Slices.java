package dev.systole.gpu.engine;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.Interpreter;
import dev.systole.gpu.command.Stop;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Lets the commands of the running context take their time. What can be executed within {@link
 * #SLICE_CLOCKS} is, at once, and the end of the slice is the next event. Commands that others can
 * observe begin a slice, so that they happen at their own time.
 */
final class Slices {
  private static final long SLICE_CLOCKS = 4096;
  private static final long NONE = -1;

  /** How often a wait looks at a clock (SEMA_WAIT_POLL's default is a few microseconds). */
  private static final long CLOCK_POLL_NANOS = 4_000;

  private final EngineState state;
  private final Interpreter interpreter;
  private final EngineHost host;
  private final int eventTarget;
  private final int eventArgument;
  private final SliceClock time;

  private Phase phase = Phase.IDLE;

  /** What ended the slice; acted upon when its time has passed. */
  private Stop end = Stop.QUANTUM;

  /** The command of a wait that software was told of; {@link #NONE}: there is none. */
  private long waitAddress = NONE;

  /** The end of a slice is an event for {@code eventTarget} with {@code eventArgument}. */
  Slices(
      EngineState state,
      Interpreter interpreter,
      EngineHost host,
      int eventTarget,
      int eventArgument) {
    this.state = state;
    this.interpreter = interpreter;
    this.host = host;
    this.eventTarget = eventTarget;
    this.eventArgument = eventArgument;
    time = new SliceClock(host);
  }

  Phase phase() {
    return phase;
  }

  /** The engine does something else than running commands. */
  void enter(Phase other) {
    phase = other;
    if (other.stands()) state.loop().watch(state.memory());
  }

  /** A context was restored, or the engine has none any more: nothing is left of the last one. */
  void forget() {
    end = Stop.QUANTUM;
    waitAddress = NONE;
  }

  /** What ended the slice whose time has passed; {@link Stop#QUANTUM}: nothing. */
  Stop takeEnd() {
    Stop stop = end;
    end = Stop.QUANTUM;
    return stop;
  }

  /**
   * Runs a slice.
   *
   * @return what is to be acted upon at once; {@link Stop#QUANTUM}: the end of the slice will tell
   */
  Stop run() {
    phase = Phase.RUNNING;
    time.begin();
    Stop stop = interpreter.run(SLICE_CLOCKS);
    if (state.commandAddress() != waitAddress) waitAddress = NONE;
    long clocks = interpreter.clocks();
    // a standstill counts from when it was found: what is written meanwhile must not be missed
    boolean later = clocks > 0 && stop != Stop.SPIN || stop == Stop.QUANTUM || stop == Stop.TIMED;
    if (!later) return stop;
    end = stop == Stop.TIMED ? Stop.QUANTUM : stop;
    goOnAfter(clocks);
    return Stop.QUANTUM;
  }

  /** The next slice begins when {@code clocks} have passed. */
  void goOnAfter(long clocks) {
    host.queue().schedule(time.spend(clocks), eventTarget, eventArgument);
  }

  /** The next slice begins now. */
  void resume() {
    phase = Phase.RUNNING;
    host.queue().cancel(eventTarget, eventArgument);
    goOnAfter(0);
  }

  /** The time when {@code clocks} from now on have passed, which are paid for. */
  long spend(long clocks) {
    return time.spend(clocks);
  }

  /** A fault: each clock takes {@code times} as long from now on. */
  void slowDown(int times) {
    time.slowDown(times);
  }

  /** The time of the command that is being executed. */
  long nowNanos() {
    return time.timeAfter(interpreter.clocks());
  }

  /**
   * Begins to wait at the command.
   *
   * @return whether software has not been told of this wait
   */
  boolean beginWait() {
    enter(Phase.WAITING);
    boolean isNew = waitAddress != state.commandAddress();
    waitAddress = state.commandAddress();
    if (state.pollsTime()) {
      host.queue().schedule(host.nowNanos() + CLOCK_POLL_NANOS, eventTarget, eventArgument);
    }
    return isNew;
  }

  /** Something that a waiting or spinning engine depends on may have changed: it looks again. */
  void wake() {
    if (!phase.stands() || phase == Phase.WAITING && state.pollsTime()) return;
    state.loop().forget();
    resume();
  }

  void reset() {
    phase = Phase.IDLE;
    forget();
    time.reset();
  }

  void save(StateSink sink) {
    sink.putInt(phase.ordinal());
    sink.putInt(end.ordinal());
    sink.putLong(waitAddress);
    time.save(sink);
  }

  /** Restores what {@link #save} put; what is watched for writes, memory has restored. */
  void restore(StateSource source) {
    phase = Phase.of(source.takeInt(Phase.last(), "phase of an engine"));
    end = Stop.values()[source.takeInt(Stop.values().length - 1, "end of slice")];
    waitAddress = source.takeLong();
    time.restore(source);
  }
}
