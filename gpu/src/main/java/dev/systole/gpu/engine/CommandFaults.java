package dev.systole.gpu.engine;

import static dev.systole.gpu.fault.FaultKey.*;
import static dev.systole.spec.gen12.MiCommands.*;

import dev.systole.gpu.command.BatchCount;
import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.FaultEffect;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.injection.ArmedFault;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * What faults do to one engine. When a batch begins, and whenever one may have fired, the parser is
 * told at which command to ask next, so that commands elsewhere cost nothing.
 */
final class CommandFaults {
  private static final int DWORD = Integer.BYTES;
  private static final long NONE = -1;
  private static final int FACTOR_OTHERWISE = 10;

  /** Type 7, which no engine knows. */
  private static final int RESERVED_TYPE = 7 << 29;

  /** Does what a fault does; the engine is about to run the command. */
  @FunctionalInterface
  private interface Effect {
    FaultEffect of(Fault fault);
  }

  private final EngineState state;
  private final Slices slices;
  private final FaultInjector injector;
  private final FaultTarget self;
  private final Map<FaultKind, Effect> effects = new EnumMap<>(FaultKind.class);

  /** Address of the MI_SEMAPHORE_WAIT whose signal was lost, or {@link #NONE}. */
  private long lostWait = NONE;

  private boolean refusesPreemption;

  CommandFaults(EngineState state, Slices slices, FaultInjector injector) {
    this.state = state;
    this.slices = slices;
    this.injector = injector;
    self = FaultTarget.of(state.engine());
    effects.put(FaultKind.STOP, _ -> FaultEffect.STOPPED);
    effects.put(FaultKind.LOOP, _ -> loop(MI_ARB_ON_OFF, DWORD));
    effects.put(FaultKind.SPIN, _ -> loop(MI_ARB_CHECK, 0));
    effects.put(FaultKind.BAD_OPCODE, _ -> changeCommand(state.ipehr() | RESERVED_TYPE));
    effects.put(FaultKind.ECC, this::flipBit);
    effects.put(FaultKind.PAGEFAULT, this::unmap);
    effects.put(FaultKind.IOMMU, this::misplace);
    effects.put(FaultKind.NO_PREEMPT, _ -> refusePreemption());
    effects.put(FaultKind.SLOW, this::slowDown);
    injector.whenDue(
        () -> {
          if (state.position().batchLevel() > 0) arm();
          slices.wake();
        });
  }

  // ---- where

  /** Says at which command of the open batch a fault may fire next. */
  void arm() {
    long first = 0;
    for (ArmedFault each : injector.ofCommands()) {
      long next = each.waits(injector.nowNanos()) ? nextCommand(each.fault()) : 0;
      if (next != 0 && (first == 0 || next < first)) first = next;
    }
    state.count().setFaultAt(first);
    injector.keepArmed(self, first);
  }

  /** The first command from here on that the fault may hit, as the engine counts them; 0: none. */
  private long nextCommand(Fault fault) {
    if (!concernsBatch(fault)) return 0;
    BatchCount count = state.count();
    long next = count.commands() + 1;
    if (fault.has(COMMAND)) {
      long wanted = countedFrom(fault) + fault.value(COMMAND, 0);
      return wanted >= next ? wanted : 0;
    }
    return chooses(fault) || count.commandsInBatch() == 0 ? next : 0;
  }

  /** Whether the command that is about to run, and counted already, is the fault's. */
  private boolean isPlace(Fault fault) {
    if (!concernsBatch(fault)) return false;
    BatchCount count = state.count();
    if (fault.has(COMMAND)) {
      return countedFrom(fault) + fault.value(COMMAND, 0) == count.commands();
    }
    if (!chooses(fault) && count.commandsInBatch() != 1) return false;
    boolean named =
        fault.command().isEmpty()
            || (state.ipehr() & fault.command().get().headerMask())
                == fault.command().get().header();
    return named
        && (fault.kind().hitsAddress()
            || fault.value(ADDRESS, state.commandAddress()) == state.commandAddress());
  }

  /** Without any place it is the first batch. */
  private boolean concernsBatch(Fault fault) {
    int ordinal = state.count().ordinal();
    boolean anywhere = fault.has(COMMAND) || chooses(fault);
    return fault.concerns(self) && fault.value(REQUEST, anywhere ? ordinal : 1) == ordinal;
  }

  /** Commands are counted in the batch when one is named, else since power-on. */
  private long countedFrom(Fault fault) {
    BatchCount count = state.count();
    return fault.has(REQUEST) ? count.commands() - count.commandsInBatch() : 0;
  }

  /** Whether the fault looks at every command rather than at the first of a batch. */
  private static boolean chooses(Fault fault) {
    return fault.has(NAME)
        || fault.has(ADDRESS) && !fault.kind().hitsAddress()
        || fault.has(NTH)
        || fault.has(PROBABILITY)
        || fault.has(TIME);
  }

  /** The engine is about to run a command at which a fault may wait. */
  FaultEffect reached(long timeNanos) {
    FaultEffect effect = FaultEffect.NONE;
    BatchCount count = state.count();
    for (ArmedFault each : injector.ofCommands()) {
      if (!each.waits(injector.nowNanos()) || !isPlace(each.fault())) continue;
      long address = state.commandAddress();
      if (!injector.fires(each, self, count.commands(), count.ordinal(), address, timeNanos)) {
        continue;
      }
      FaultEffect own = effects.get(each.fault().kind()).of(each.fault());
      if (own.compareTo(effect) > 0) effect = own;
    }
    arm();
    return effect;
  }

  // ---- what

  private FaultEffect loop(int first, int jumpTo) {
    boolean ggtt = state.position().inGgtt();
    long address = state.commandAddress();
    long target = address + jumpTo;
    int start =
        MI_BATCH_BUFFER_START
            | MI_BATCH_BUFFER_START_LENGTH_DWORDS - 2
            | (ggtt ? 0 : MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT);
    AddressSpace memory = state.memory();
    memory.store32(address, ggtt, first);
    memory.store32(address + DWORD, ggtt, start);
    memory.store32(address + 2 * DWORD, ggtt, (int) target);
    memory.store32(address + 3 * DWORD, ggtt, (int) (target >>> 32));
    return FaultEffect.CHANGED;
  }

  private FaultEffect changeCommand(int header) {
    state.memory().store32(state.commandAddress(), state.position().inGgtt(), header);
    return FaultEffect.CHANGED;
  }

  private FaultEffect flipBit(Fault fault) {
    long address = fault.value(ADDRESS, state.commandAddress());
    boolean ggtt = state.position().inGgtt();
    int value = state.memory().load32(address, ggtt);
    state.memory().store32(address, ggtt, value ^ 1 << fault.value(BIT, 0));
    return FaultEffect.CHANGED;
  }

  private FaultEffect unmap(Fault fault) {
    long address = fault.value(ADDRESS, state.commandAddress());
    state.memory().changeEntry(address, state.position().inGgtt(), AddressSpace::absent);
    return FaultEffect.CHANGED;
  }

  private FaultEffect misplace(Fault fault) {
    long address = fault.value(ADDRESS, state.commandAddress());
    state.memory().changeEntry(address, state.position().inGgtt(), AddressSpace::outside);
    return FaultEffect.CHANGED;
  }

  private FaultEffect refusePreemption() {
    refusesPreemption = true;
    state.arbitration().ask(false);
    return FaultEffect.NONE;
  }

  private FaultEffect slowDown(Fault fault) {
    slices.slowDown((int) fault.value(FACTOR, FACTOR_OTHERWISE));
    return FaultEffect.NONE;
  }

  // ---- deeds

  /** Whether a fault strikes what the engine is about to do. */
  boolean strike(FaultKind kind) {
    return injector.strike(kind, self) != null;
  }

  /** The same of a deed at an address. */
  boolean strike(FaultKind kind, long address) {
    return injector.strike(kind, self, address) != null;
  }

  /** Whether the signal that would end the present MI_SEMAPHORE_WAIT was lost, now or before. */
  boolean signalLost(long address) {
    if (lostWait == state.commandAddress()) return true;
    if (!strike(FaultKind.SEMAPHORE, address)) return false;
    lostWait = state.commandAddress();
    return true;
  }

  /** Whether the engine does not care for preemption any more. */
  boolean refusesPreemption() {
    return refusesPreemption;
  }

  void reset() {
    lostWait = NONE;
    refusesPreemption = false;
  }

  void save(StateSink sink) {
    sink.putLong(lostWait);
    sink.putBoolean(refusesPreemption);
  }

  /** The engine's state has been restored before. */
  void restore(StateSource source) {
    lostWait = source.takeLong();
    refusesPreemption = source.takeBoolean();
    state.count().setFaultAt(injector.armed(self));
  }
}
