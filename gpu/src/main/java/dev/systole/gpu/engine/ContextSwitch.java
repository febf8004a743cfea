package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_CONTROL;
import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_CONTROL_INHIBIT_SYNCHRONOUS_CONTEXT_SWITCH;
import static dev.systole.spec.gen12.RingRegisters.RING_EIR_INSTRUCTION_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_IMR_CONTEXT_SWITCH;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_STATUS_SWITCH_DETAIL_PREEMPTED;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.platform.CostModel;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Which context runs: the elements of the execution lists one after the other, until a new list
 * takes over (i915-kernel.md 4.1, 4.2). Contexts are saved and restored on the way, and every
 * switch becomes an event in the status buffer.
 */
final class ContextSwitch {
  private final EngineState state;
  private final EngineRegisters registers;
  private final Execlists lists;
  private final StatusBuffer status;
  private final ContextImage image;
  private final WorkaroundBatches workarounds;
  private final Slices slices;
  private final CommandFaults faults;
  private final EngineHost host;
  private final CostModel costs;
  private final boolean liteRestoreAtOnce;
  private final int eventTarget;
  private final int eventArgument;

  /** What the switch under way will tell. */
  private long away;

  private int detail;
  private boolean toNewQueue;

  /** The end of a switch is an event for {@code eventTarget} with {@code eventArgument}. */
  ContextSwitch(
      EngineState state,
      EngineRegisters registers,
      Execlists lists,
      Slices slices,
      CommandFaults faults,
      EngineHost host,
      Platform platform,
      int eventTarget,
      int eventArgument) {
    this.state = state;
    this.registers = registers;
    this.lists = lists;
    this.slices = slices;
    this.faults = faults;
    this.host = host;
    this.eventTarget = eventTarget;
    this.eventArgument = eventArgument;
    status = new StatusBuffer(state, registers, platform.architecture());
    image = new ContextImage(state, registers, platform.architecture());
    workarounds = new WorkaroundBatches(state.position(), registers);
    costs = platform.costs();
    liteRestoreAtOnce = platform.liteRestoreAtOnce();
  }

  /** RING_EXECLIST_CONTROL: a new queue is loaded. */
  void load() {
    lists.load();
    takeNews();
  }

  /** Lets the pending queue take over at once, or as soon as the running context allows. */
  private void takeNews() {
    if (!lists.loaded() || slices.phase() == Phase.SWITCHING) return;
    if (slices.phase() == Phase.IDLE) {
      begin(CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE, true);
    } else if (liteRestoreAtOnce && lists.isLiteRestore()) {
      liteRestore();
    } else {
      state.arbitration().ask(!faults.refusesPreemption());
      slices.wake();
    }
  }

  /** The new queue begins with the running context: it just may have more to do. */
  private void liteRestore() {
    long before = lists.current();
    lists.takeOver();
    state.arbitration().ask(false);
    int address = Execlists.contextAddress(lists.current());
    if (Execlists.forcesPageTables(lists.current())) image.reloadPageTables(address);
    image.reloadTail(address);
    tell(before, CONTEXT_STATUS_SWITCH_DETAIL_PREEMPTED, true);
  }

  /**
   * The context has come to a place where another one may take over.
   *
   * @return whether one does
   */
  boolean preempt() {
    if (!lists.loaded()) {
      state.arbitration().ask(false);
      return false;
    }
    if (lists.isLiteRestore()) {
      liteRestore();
      return false;
    }
    begin(CONTEXT_STATUS_SWITCH_DETAIL_PREEMPTED, true);
    return true;
  }

  /** The context is done. */
  void complete() {
    begin(CONTEXT_STATUS_SWITCH_DETAIL_COMPLETE, lists.loaded());
  }

  /**
   * The context waits. Unless its CONTEXT_CONTROL inhibits that, it gives way where the kind of
   * wait allows it, and software submits it again (gen12-commands.md part 2, 1c).
   *
   * @return whether it does
   */
  boolean giveWayToWait() {
    int control = registers.value(RING_CONTEXT_CONTROL);
    if ((control & RING_CONTEXT_CONTROL_INHIBIT_SYNCHRONOUS_CONTEXT_SWITCH) != 0) return false;
    int reason = Waits.switchDetail(state.ipehr());
    if (reason == Waits.STAYS || !state.arbitration().isEnabled()) return false;
    begin(reason, lists.loaded());
    return true;
  }

  private void begin(int why, boolean newQueue) {
    away = lists.current();
    detail = why;
    toNewQueue = newQueue;
    boolean sleeps = slices.phase() == Phase.IDLE;
    long wakeNanos = sleeps ? host.power().engineStarts(state.engine()) : 0;
    if (lists.running()) {
      registers.clock().stop();
      image.save(Execlists.contextAddress(away));
      if (faults.strike(FaultKind.BAD_CONTEXT)) image.corrupt(Execlists.contextAddress(away));
    }
    if (newQueue) lists.takeOver();
    else lists.advance();
    slices.enter(Phase.SWITCHING);
    int save = away != 0 ? costs.contextSave() : 0;
    int restore = lists.running() ? costs.contextRestore() : 0;
    long endNanos = slices.spend(save + restore) + wakeNanos;
    host.queue().schedule(endNanos, eventTarget, eventArgument);
  }

  /** The switch has taken its time. */
  void end() {
    tell(away, detail, toNewQueue);
    slices.forget();
    if (lists.running()) {
      run();
    } else {
      slices.enter(Phase.IDLE);
      if (!lists.loaded()) host.power().engineStops(state.engine());
      state.leaveContext();
    }
    takeNews();
  }

  private void run() {
    int address = Execlists.contextAddress(lists.current());
    if (!image.isReachable(address)) {
      slices.enter(Phase.FAILED);
      registers.errors().reportUnreachable();
    } else if (image.restore(address)) {
      registers.contextStarts();
      faults.arm();
      workarounds.begin();
      slices.resume();
    } else {
      slices.enter(Phase.FAILED);
      registers.errors().report(RING_EIR_INSTRUCTION_ERROR);
    }
  }

  private void tell(long before, int why, boolean newQueue) {
    status.post(lists.current(), before, why, newQueue);
    registers.interrupts().raise(RING_IMR_CONTEXT_SWITCH);
  }

  /** A batch that a restore has run is over. */
  void workaroundDone() {
    workarounds.ended();
  }

  void reset() {
    lists.reset();
    status.reset();
  }

  void save(StateSink sink) {
    workarounds.save(sink);
    sink.putLong(away);
    sink.putInt(detail);
    sink.putBoolean(toNewQueue);
    lists.save(sink);
  }

  void restore(StateSource source) {
    workarounds.restore(source);
    away = source.takeLong();
    detail = source.takeInt();
    toNewQueue = source.takeBoolean();
    lists.restore(source);
  }
}
