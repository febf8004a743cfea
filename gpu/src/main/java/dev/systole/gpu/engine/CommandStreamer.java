package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.command.DisplayEvents;
import dev.systole.gpu.command.EngineSignals;
import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.Interpreter;
import dev.systole.gpu.command.Stop;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.CostModel;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;

/**
 * One engine: takes contexts from its execution lists, runs their rings, and tells software what
 * became of them (i915-kernel.md part 4).
 *
 * <p>Time goes on in slices: what can be executed within {@link #SLICE_CLOCKS} is, at once, and the
 * end of the slice is the next event. Commands that others can observe begin a slice, so that they
 * happen at their own time.
 */
public final class CommandStreamer implements EngineSignals, Part, RegisterBlock {
  private static final long SLICE_CLOCKS = 4096;
  private static final long NONE = -1;
  private static final int EVENT_SLICE = 0;
  private static final int EVENT_SWITCH = 1;
  private static final int EVENT_READY = 2;
  private static final long READY_NANOS = 1_000;

  /** How often a wait looks at a clock (SEMA_WAIT_POLL's default is a few microseconds). */
  private static final long CLOCK_POLL_NANOS = 4_000;

  private enum Phase {
    /** No context. */
    IDLE,
    /** One context is saved, the next restored. */
    SWITCHING,
    /** A slice is under way. */
    RUNNING,
    /** MI_SEMAPHORE_WAIT or MI_WAIT_FOR_EVENT. */
    WAITING,
    /** The commands loop without changing anything. */
    SPINNING,
    /** STOP_RING took effect. */
    STOPPED,
    /** Parsing has ended with an error. */
    FAILED,
    /** A fault stopped it for ever. */
    FROZEN
  }

  private static final Phase[] PHASES = Phase.values();

  private final Engine engine;
  private final int eventTarget;
  private final EngineHost host;
  private final CostModel costs;
  private final boolean liteRestoreAtOnce;
  private final EngineState state;
  private final Interpreter interpreter;
  private final Execlists execlists;
  private final EngineRegisters registers;
  private final StatusBuffer statusBuffer;
  private final ContextImage image;
  private final WorkaroundBatches workarounds;
  private final SliceClock time;

  private Phase phase = Phase.IDLE;

  /** What ended the slice; acted upon when its time has passed. */
  private Stop sliceEnd = Stop.QUANTUM;

  private int switchAwayId = CONTEXT_STATUS_SOFTWARE_CONTEXT_ID_IDLE;
  private int switchDetail;
  private boolean switchToNewQueue;

  /** The command of a wait that software was told of; {@link #NONE}: there is none. */
  private long waitAddress = NONE;

  /**
   * @param own the engine's page of registers
   * @param all every register, as commands reach them
   * @param eventTarget of the engine's events, whose arguments {@link #event} takes
   */
  public CommandStreamer(
      Engine engine,
      Platform platform,
      AddressSpace memory,
      Page own,
      RegisterBlock all,
      EngineHost host,
      int eventTarget) {
    this.engine = engine;
    this.eventTarget = eventTarget;
    this.host = host;
    costs = platform.costs();
    liteRestoreAtOnce = platform.liteRestoreAtOnce();
    state = new EngineState(engine, platform, memory, own, all, this);
    interpreter = new Interpreter(state);
    execlists = new Execlists(own);
    registers = new EngineRegisters(own, state, execlists, this, host);
    statusBuffer = new StatusBuffer(memory, own);
    image = new ContextImage(state, registers);
    workarounds = new WorkaroundBatches(state.position(), registers);
    time = new SliceClock(host);
    reset();
  }

  public Engine engine() {
    return engine;
  }

  /** What commands see; for faults. */
  public EngineState state() {
    return state;
  }

  @Override
  public int read(int offset) {
    return registers.read(offset & Page.OFFSET_MASK);
  }

  @Override
  public void write(int offset, int value) {
    registers.write(offset & Page.OFFSET_MASK, value);
    if (phase == Phase.SPINNING) wake();
  }

  // ---- events

  @Override
  public boolean isEvent(int argument) {
    return argument >= EVENT_SLICE && argument <= EVENT_READY;
  }

  @Override
  public void event(int argument) {
    switch (argument) {
      case EVENT_SLICE -> slice();
      case EVENT_SWITCH -> endSwitch();
      case EVENT_READY -> registers.setReadyForReset(registers.resetRequested());
      default -> throw new IllegalStateException(engine + ": event " + argument);
    }
  }

  private void schedule(int argument, long clocks) {
    host.queue().schedule(time.spend(clocks), eventTarget, argument);
  }

  private void slice() {
    if (halted()) {
      phase = Phase.STOPPED;
      return;
    }
    if (sliceEnd != Stop.QUANTUM && act(sliceEnd)) return;
    phase = Phase.RUNNING;
    time.begin();
    Stop stop = interpreter.run(SLICE_CLOCKS);
    if (state.commandAddress() != waitAddress) waitAddress = NONE;
    long clocks = interpreter.clocks();
    // a standstill counts from when it was found: what is written meanwhile must not be missed
    boolean later = clocks > 0 && stop != Stop.SPIN || stop == Stop.QUANTUM || stop == Stop.TIMED;
    if (later) {
      sliceEnd = stop == Stop.TIMED ? Stop.QUANTUM : stop;
      schedule(EVENT_SLICE, clocks);
    } else if (!act(stop)) {
      schedule(EVENT_SLICE, 0);
    }
  }

  /** Acts upon the end of a slice; returns whether the engine does something else now. */
  private boolean act(Stop stop) {
    sliceEnd = Stop.QUANTUM;
    switch (stop) {
      case RING_EMPTY -> {
        if (!state.position().ringEmpty()) return false;
        beginSwitch(CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE, execlists.loaded());
      }
      case CONTEXT_END -> beginSwitch(CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE, execlists.loaded());
      case PREEMPT -> {
        if (!execlists.loaded()) return false;
        if (execlists.isLiteRestore()) {
          liteRestore();
          return false;
        }
        beginSwitch(CONTEXT_STATUS_SWITCH_DETAIL_PREEMPTED, true);
      }
      case WAIT -> beginWait();
      case SPIN -> {
        phase = Phase.SPINNING;
        state.watchObserved();
      }
      case WORKAROUND_DONE -> {
        workarounds.ended();
        return false;
      }
      case ERROR -> {
        phase = Phase.FAILED;
        if (registers.reportError(interpreter.errorBits())) raise(RING_IMR_CS_ERROR);
      }
      case FROZEN -> phase = Phase.FROZEN;
      case QUANTUM, TIMED -> {
        return false;
      }
    }
    return true;
  }

  private void beginWait() {
    phase = Phase.WAITING;
    state.watchObserved();
    if (waitAddress != state.commandAddress()) raise(RING_IMR_WAIT_SEMAPHORE);
    waitAddress = state.commandAddress();
    if (!state.pollsTime()) return;
    host.queue().schedule(host.nowNanos() + CLOCK_POLL_NANOS, eventTarget, EVENT_SLICE);
  }

  /** Something that a waiting or spinning engine depends on may have changed: it looks again. */
  public void wake() {
    if (phase != Phase.WAITING && phase != Phase.SPINNING) return;
    if (phase == Phase.WAITING && state.pollsTime()) return;
    state.forgetLoop();
    resume();
  }

  /** A register was written: an engine that waits for one looks again. */
  public void registerWritten() {
    if (phase == Phase.WAITING && !state.observesMemory()) wake();
  }

  private void resume() {
    phase = Phase.RUNNING;
    host.queue().cancel(eventTarget, EVENT_SLICE);
    schedule(EVENT_SLICE, 0);
  }

  // ---- execution lists

  void loadExeclist() {
    execlists.load();
    takeNews();
  }

  /** Lets the pending queue take over at once, or as soon as the running context allows. */
  private void takeNews() {
    if (!execlists.loaded() || phase == Phase.SWITCHING) return;
    if (phase == Phase.IDLE) {
      beginSwitch(CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE, true);
    } else if (liteRestoreAtOnce && execlists.isLiteRestore()) {
      liteRestore();
    } else {
      state.askPreemption(true);
      wake();
    }
  }

  private void liteRestore() {
    int away = Execlists.statusId(execlists.current());
    execlists.takeOver();
    state.askPreemption(false);
    image.reloadTail(Execlists.contextAddress(execlists.current()));
    post(
        Execlists.statusId(execlists.current()),
        away,
        CONTEXT_STATUS_SWITCH_DETAIL_PREEMPTED,
        true);
  }

  private void beginSwitch(int detail, boolean toNewQueue) {
    long away = execlists.current();
    switchAwayId = Execlists.statusId(away);
    switchDetail = detail;
    switchToNewQueue = toNewQueue;
    long wakeNanos = phase == Phase.IDLE ? host.power().engineStarts(engine) : 0;
    if (execlists.running()) {
      registers.stopContextClock();
      image.save(Execlists.contextAddress(away));
    }
    if (toNewQueue) execlists.takeOver();
    else execlists.advance();
    phase = Phase.SWITCHING;
    int save = away != 0 ? costs.contextSave() : 0;
    int clocks = save + (execlists.running() ? costs.contextRestore() : 0);
    host.queue().schedule(time.spend(clocks) + wakeNanos, eventTarget, EVENT_SWITCH);
  }

  private void endSwitch() {
    post(Execlists.statusId(execlists.current()), switchAwayId, switchDetail, switchToNewQueue);
    waitAddress = NONE;
    if (!execlists.running()) {
      phase = Phase.IDLE;
      if (!execlists.loaded()) host.power().engineStops(engine);
      state.leaveContext();
    } else {
      run();
    }
    takeNews();
  }

  private void run() {
    if (!image.restore(Execlists.contextAddress(execlists.current()))) {
      phase = Phase.FAILED;
      if (registers.reportError(RING_EIR_INSTRUCTION_ERROR)) raise(RING_IMR_CS_ERROR);
      return;
    }
    registers.startContextClock();
    host.armFaults(state);
    workarounds.begin();
    sliceEnd = Stop.QUANTUM;
    resume();
  }

  private void post(int to, int away, int detail, boolean newQueue) {
    statusBuffer.post(to | (newQueue ? CONTEXT_STATUS_SWITCHED_TO_NEW_QUEUE : 0), away | detail);
    raise(RING_IMR_CONTEXT_SWITCH);
  }

  private void raise(int bits) {
    host.interrupt(engine, bits & ~registers.value(RING_IMR));
  }

  // ---- control

  void setTail(int tail) {
    state.position().setTail(tail);
  }

  /** MI_MODE was written: STOP_RING stops at the next command boundary. */
  void stopRingChanged() {
    controlChanged();
  }

  /** RESET_CTL was written. */
  void resetRequestChanged() {
    if (!registers.resetRequested()) registers.setReadyForReset(false);
    else host.queue().schedule(host.nowNanos() + READY_NANOS, eventTarget, EVENT_READY);
    controlChanged();
  }

  private void controlChanged() {
    if (halted()) {
      if (phase == Phase.WAITING || phase == Phase.SPINNING) phase = Phase.STOPPED;
    } else if (phase == Phase.STOPPED) {
      resume();
    }
  }

  private boolean halted() {
    return registers.stopRing() || registers.resetRequested();
  }

  /** GDRST, or power was lost: the engine forgets its contexts and its registers. */
  @Override
  public void reset() {
    int resetControl = registers.value(RING_RESET_CTL) & RING_RESET_CTL_REQUEST_RESET;
    host.queue().cancel(eventTarget);
    phase = Phase.IDLE;
    host.power().engineStops(engine);
    sliceEnd = Stop.QUANTUM;
    time.reset();
    waitAddress = NONE;
    execlists.reset();
    state.reset();
    registers.reset();
    statusBuffer.reset();
    registers.write(RING_RESET_CTL, resetControl << 16 | resetControl);
  }

  // ---- what registers show

  /** Whether MODE_IDLE is set. */
  boolean idle() {
    return phase == Phase.IDLE || phase == Phase.STOPPED;
  }

  /** Whether the command streamer is not done. */
  boolean parsing() {
    return phase == Phase.RUNNING
        || phase == Phase.SPINNING
        || phase == Phase.FAILED
        || phase == Phase.FROZEN;
  }

  /** The bits of RING_CTL that say what the engine waits for. */
  int waitBits() {
    if (phase != Phase.WAITING) return 0;
    return state.observesMemory() || state.pollsTime()
        ? RING_CTL_WAIT_SEMAPHORE
        : RING_CTL_WAIT_EVENT;
  }

  /** Whether there is a context, or a handshake is under way. */
  public boolean busy() {
    return phase != Phase.IDLE;
  }

  /** Brings the registers up to date that mirror the engine. */
  public void publish() {
    registers.publish();
  }

  // ---- EngineSignals

  @Override
  public long nowNanos(EngineState of) {
    return time.timeAfter(interpreter.clocks());
  }

  @Override
  public void interrupt(EngineState of, int bits) {
    raise(bits);
  }

  @Override
  public void batchStarted(EngineState of) {
    host.armFaults(state);
  }

  @Override
  public boolean faultReached(EngineState of) {
    return host.faultReached(state, nowNanos(state));
  }

  @Override
  public void semaphoreSignalled() {
    host.semaphoreSignalled();
  }

  @Override
  public DisplayEvents display() {
    return host.display();
  }

  // ---- saving

  @Override
  public void save(StateSink sink) {
    sink.putInt(phase.ordinal());
    sink.putInt(sliceEnd.ordinal());
    time.save(sink);
    workarounds.save(sink);
    sink.putInt(switchAwayId);
    sink.putInt(switchDetail);
    sink.putBoolean(switchToNewQueue);
    sink.putLong(waitAddress);
    execlists.save(sink);
    registers.save(sink);
    state.save(sink);
  }

  @Override
  public void restore(StateSource source) {
    phase = PHASES[source.takeInt(PHASES.length - 1, "phase of " + engine)];
    sliceEnd = Stop.values()[source.takeInt(Stop.values().length - 1, "end of slice")];
    time.restore(source);
    workarounds.restore(source);
    switchAwayId = source.takeInt();
    switchDetail = source.takeInt();
    switchToNewQueue = source.takeBoolean();
    waitAddress = source.takeLong();
    execlists.restore(source);
    registers.restore(source);
    state.restore(source);
  }
}
