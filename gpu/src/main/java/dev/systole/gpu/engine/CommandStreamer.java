package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.RING_EIR_PAGE_TABLE_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_IMR_WAIT_SEMAPHORE;

import dev.systole.gpu.command.DisplayEvents;
import dev.systole.gpu.command.EngineSignals;
import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.FaultEffect;
import dev.systole.gpu.command.Interpreter;
import dev.systole.gpu.command.Stop;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.Engine;

/**
 * One engine: takes contexts from its execution lists, runs their rings, and tells software what
 * became of them (i915-kernel.md part 4). It decides what follows when commands stop: {@link
 * Slices} runs them, {@link ContextSwitch} changes the context.
 */
public final class CommandStreamer implements EngineSignals, Part, RegisterBlock {
  private static final int EVENT_SLICE = 0;
  private static final int EVENT_SWITCH = 1;
  private static final int EVENT_READY = 2;

  private final Engine engine;
  private final int eventTarget;
  private final EngineHost host;
  private final EngineState state;
  private final Interpreter interpreter;
  private final ResetHandshake handshake;
  private final EngineRegisters registers;
  private final Slices slices;
  private final CommandFaults faults;
  private final ContextSwitch contexts;

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
    state = new EngineState(engine, platform, memory, own, all, this);
    interpreter = new Interpreter(state);
    slices = new Slices(state, interpreter, host, eventTarget, EVENT_SLICE);
    faults = new CommandFaults(state, slices, host.faults());
    handshake = new ResetHandshake(own, host, faults, eventTarget, EVENT_READY);
    var lists = new Execlists(own);
    registers = new EngineRegisters(own, all, state, lists, this, host, handshake);
    contexts =
        new ContextSwitch(
            state, registers, lists, slices, faults, host, platform, eventTarget, EVENT_SWITCH);
    reset();
  }

  public Engine engine() {
    return engine;
  }

  /** What commands see; for faults. */
  public EngineState state() {
    return state;
  }

  // ---- registers

  @Override
  public int read(int offset) {
    return registers.read(offset & Page.OFFSET_MASK);
  }

  @Override
  public void write(int offset, int value) {
    registers.write(offset & Page.OFFSET_MASK, value);
    if (slices.phase() == Phase.SPINNING) wake();
  }

  /** Brings the registers up to date that mirror the engine. */
  public void publish() {
    registers.publish();
  }

  Phase phase() {
    return slices.phase();
  }

  /** Whether there is a context, or a handshake is under way. */
  public boolean busy() {
    return slices.phase() != Phase.IDLE;
  }

  void loadExeclist() {
    contexts.load();
  }

  /** STOP_RING or the request of a reset was written: the next command boundary is a stop. */
  void controlChanged() {
    if (registers.halted()) {
      if (slices.phase().stands()) slices.enter(Phase.STOPPED);
    } else if (slices.phase() == Phase.STOPPED) {
      slices.resume();
    }
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
      case EVENT_SWITCH -> contexts.end();
      case EVENT_READY -> handshake.answer();
      default -> throw new IllegalStateException(engine + ": event " + argument);
    }
  }

  private void slice() {
    if (registers.halted()) {
      slices.enter(Phase.STOPPED);
      return;
    }
    Stop due = slices.takeEnd();
    if (due != Stop.QUANTUM && act(due)) return;
    Stop stop = slices.run();
    if (stop != Stop.QUANTUM && !act(stop)) slices.goOnAfter(0);
  }

  /** Acts upon the end of a slice; returns whether the engine does something else now. */
  private boolean act(Stop stop) {
    switch (stop) {
      case RING_EMPTY -> {
        if (!state.position().ringEmpty()) return false;
        contexts.complete();
      }
      case CONTEXT_END -> contexts.complete();
      case PREEMPT -> {
        return contexts.preempt();
      }
      case WAIT -> {
        if (!contexts.giveWayToWait()) beginWait();
      }
      case SPIN -> slices.enter(Phase.SPINNING);
      case WORKAROUND_DONE -> {
        contexts.workaroundDone();
        return false;
      }
      case ERROR -> fail();
      case FROZEN -> slices.enter(Phase.FROZEN);
      case QUANTUM, TIMED -> {
        return false;
      }
    }
    return true;
  }

  private void beginWait() {
    boolean isNew = slices.beginWait();
    if (isNew && Waits.isForSemaphore(state.ipehr())) {
      registers.interrupts().raise(RING_IMR_WAIT_SEMAPHORE);
    }
  }

  private void fail() {
    slices.enter(Phase.FAILED);
    int bits = interpreter.errorBits();
    boolean unreachable = bits == RING_EIR_PAGE_TABLE_ERROR && state.position().inGgtt();
    if (unreachable) registers.errors().reportUnreachable();
    else registers.errors().report(bits);
  }

  /** Something that a waiting or spinning engine depends on may have changed: it looks again. */
  public void wake() {
    slices.wake();
  }

  /** A register was written: an engine that waits for one looks again. */
  public void registerWritten() {
    if (slices.phase() == Phase.WAITING && !state.loop().observes()) wake();
  }

  /**
   * GDRST, or power was lost: the engine forgets its contexts, its registers and its translations.
   */
  @Override
  public void reset() {
    host.queue().cancel(eventTarget);
    slices.reset();
    host.power().engineStops(engine);
    state.reset();
    registers.reset();
    contexts.reset();
    faults.reset();
  }

  // ---- EngineSignals

  @Override
  public long nowNanos(EngineState of) {
    return slices.nowNanos();
  }

  @Override
  public void interrupt(EngineState of, int bits) {
    registers.interrupts().raise(bits);
  }

  @Override
  public void batchStarted(EngineState of) {
    faults.arm();
  }

  @Override
  public FaultEffect faultReached(EngineState of) {
    return faults.reached(slices.nowNanos());
  }

  @Override
  public boolean writeArrives(EngineState of, long address) {
    return !faults.strike(FaultKind.LOST_SEQNO, address);
  }

  @Override
  public boolean signalLost(EngineState of, long address) {
    return faults.signalLost(address);
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
    state.save(sink);
    registers.save(sink);
    contexts.save(sink);
    slices.save(sink);
    faults.save(sink);
  }

  @Override
  public void restore(StateSource source) {
    state.restore(source);
    registers.restore(source);
    contexts.restore(source);
    slices.restore(source);
    faults.restore(source);
  }
}
