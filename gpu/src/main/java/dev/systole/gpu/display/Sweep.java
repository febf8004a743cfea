package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * A transcoder that sweeps frames, or does not: where it is, and the lines at which something is
 * going to happen. Only those that somebody depends on are events.
 */
final class Sweep {
  /** The kinds of events, which are also their places among the planned ones. */
  static final int EVENT_VBLANK = 0;

  static final int EVENT_VSYNC = 1;
  static final int EVENT_LINE = 2;

  private static final int EVENTS = 3;
  private static final int EVENT_SHIFT = 2;
  private static final int NONE = -1;

  private final int index;
  private final Schedule schedule;

  /** How frames are swept; null while the transcoder does not run. */
  private Timing timing;

  /** Events that have been scheduled, a bit for each kind. */
  private int planned;

  /** Whether an engine waits for the next vertical blank. */
  private boolean blankAwaited;

  /** The line that an engine waits for, or {@link #NONE}. */
  private int awaitedLine = NONE;

  /** When a fault stopped it, or {@link #NONE}. */
  private long stuckNanos = NONE;

  /**
   * @param index of the pipe, which its events are told apart by
   */
  Sweep(int index, Schedule schedule) {
    this.index = index;
    this.schedule = schedule;
  }

  // ---- on and off

  boolean runs() {
    return timing != null;
  }

  boolean isStuck() {
    return stuckNanos != NONE;
  }

  /** How frames are swept; null while the transcoder does not run. */
  Timing timing() {
    return timing;
  }

  void start(Timing how) {
    timing = how;
  }

  void stop() {
    cancel();
    forget();
  }

  /** Back to power-on; nothing is planned any more. */
  void forget() {
    timing = null;
    planned = 0;
    blankAwaited = false;
    awaitedLine = NONE;
  }

  /** It stays where it is for ever. */
  void stick() {
    stuckNanos = nowNanos();
    cancel();
    planned = 0;
  }

  private void cancel() {
    for (int event = 0; event < EVENTS; event++) schedule.cancel(argument(event));
  }

  // ---- where it is

  /** The present of the transcoder, which a fault may have stopped. */
  long nowNanos() {
    return isStuck() ? stuckNanos : schedule.nowNanos();
  }

  /** The line that is swept. */
  int line() {
    return timing == null ? 0 : timing.line(nowNanos());
  }

  /** Whether there is a vertical blank. */
  boolean blank() {
    return timing != null && line() >= timing.blankStart();
  }

  /** How many vertical blanks have begun since the start. */
  long frames() {
    return timing == null ? 0 : timing.frames(nowNanos());
  }

  /** When the last vertical blank began; there must have been one. */
  long lastBlankNanos() {
    return timing.blankNanos(frames());
  }

  // ---- what is planned

  /** Makes the next vertical blank an event. */
  void planBlank() {
    if (runs()) plan(EVENT_VBLANK, timing.blankStart());
  }

  /** Makes the next vertical synchronisation an event. */
  void planSync() {
    if (runs()) plan(EVENT_VSYNC, timing.syncStart());
  }

  /** Makes what engines wait for events. */
  void planAwaited() {
    if (blankAwaited) planBlank();
    if (awaitedLine != NONE) plan(EVENT_LINE, awaitedLine);
  }

  private void plan(int event, int line) {
    if (isStuck() || (planned >>> event & 1) != 0) return;
    planned |= 1 << event;
    schedule.at(timing.nextNanos(line, schedule.nowNanos()), argument(event));
  }

  private int argument(int event) {
    return event << EVENT_SHIFT | index;
  }

  static boolean isEvent(int argument) {
    return argument >= 0 && argument >>> EVENT_SHIFT < EVENTS;
  }

  /** Which pipe an event is for. */
  static int indexOf(int argument) {
    return argument & (1 << EVENT_SHIFT) - 1;
  }

  /** Something that was planned is due; returns its kind. */
  int take(int argument) {
    int event = argument >>> EVENT_SHIFT;
    planned &= ~(1 << event);
    if (event == EVENT_VBLANK) blankAwaited = false;
    if (event == EVENT_LINE) awaitedLine = NONE;
    return event;
  }

  /** How many events are planned. */
  int plannedEvents() {
    return Integer.bitCount(planned);
  }

  // ---- what engines wait for

  boolean isAwaited() {
    return blankAwaited || awaitedLine != NONE;
  }

  /** Whether a vertical blank has begun after {@code sinceNanos}; if not, it will be an event. */
  boolean blankedSince(long sinceNanos) {
    if (timing == null) return false;
    if (frames() > timing.frames(sinceNanos)) return true;
    blankAwaited = true;
    planAwaited();
    return false;
  }

  /** Whether the line is in {@code window}, PIPE_DE_LOAD_SL; if not, that will be an event. */
  boolean inWindow(int window) {
    if (timing == null) return false;
    int first = (window & PIPE_DE_LOAD_SL_START_MASK) >>> PIPE_DE_LOAD_SL_START_SHIFT;
    int last = window & PIPE_DE_LOAD_SL_END_MASK;
    boolean exclusive = (window & PIPE_DE_LOAD_SL_EXCLUSIVE) != 0;
    if ((line() >= first && line() <= last) != exclusive) return true;
    awaitedLine = (exclusive ? last + 1 : first) % timing.totalHeight();
    planAwaited();
    return false;
  }

  // ---- saving

  void save(StateSink sink) {
    sink.putBoolean(timing != null);
    if (timing != null) timing.save(sink);
    sink.putInt(planned);
    sink.putBoolean(blankAwaited);
    sink.putInt(awaitedLine + 1);
    sink.putLong(stuckNanos);
  }

  void restore(StateSource source) {
    timing = source.takeBoolean() ? Timing.restore(source, schedule.nowNanos()) : null;
    planned = source.takeInt((1 << EVENTS) - 1, "planned events of a pipe");
    blankAwaited = source.takeBoolean();
    awaitedLine = source.takeInt(PIPE_DE_LOAD_SL_END_MASK, "awaited line") - 1;
    stuckNanos = Math.max(NONE, source.takeLong());
  }
}
