package dev.systole.gpu.injection;

import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKey;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.fault.FaultOccasion;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says when the faults of a plan fire, and tells the world. What a fault does is done by the part
 * that asks: before a deed of its own ({@link #strike}), before a command of a batch ({@link
 * #ofCommands}), or at a moment for which it waits ({@link #whenStruck}).
 *
 * <p>Occasions are counted per kind and target, as far as the plan holds such a fault, so that a
 * replay finds them again. What is kept here is of the plan and not of the hardware.
 */
public final class FaultInjector implements Part {
  private static final int TARGETS = FaultTarget.all().size();

  private final List<ArmedFault> faults = new ArrayList<>();
  private final Map<FaultKind, List<ArmedFault>> byKind = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, Consumer<Fault>> handlers = new EnumMap<>(FaultKind.class);
  private final List<ArmedFault> ofCommands = new ArrayList<>();
  private final List<ArmedFault> ofAccesses = new ArrayList<>();
  private final List<Runnable> whenDue = new ArrayList<>();
  private final long[] occasions;

  /** At which count of commands an engine asks next; it is of the plan, too. */
  private final long[] armed = new long[TARGETS];

  private final Schedule schedule;
  private final WorldDoor world;
  private int planned;

  /** Schedules the moments of {@code plan}. */
  public FaultInjector(FaultPlan plan, Schedule schedule, WorldDoor world) {
    this.schedule = schedule;
    this.world = world;
    plan.entries().forEach(entry -> add(new ArmedFault(entry)));
    occasions = new long[byKind.isEmpty() ? 0 : FaultKind.values().length * TARGETS];
  }

  private void add(ArmedFault armed) {
    Fault fault = armed.fault();
    byKind.computeIfAbsent(fault.kind(), _ -> new ArrayList<>()).add(armed);
    boolean access = fault.has(FaultKey.REGISTER);
    if (fault.kind().occasion() == FaultOccasion.COMMAND) ofCommands.add(armed);
    if (access) ofAccesses.add(armed);
    boolean noticed = fault.kind().occasion() != FaultOccasion.DEED && !access;
    if (noticed && fault.has(FaultKey.TIME)) {
      schedule.at(fault.value(FaultKey.TIME, 0), faults.size());
      planned++;
    }
    faults.add(armed);
  }

  // ---- deeds

  /**
   * The fault of that kind that fires now that {@code target} is about to do it; null, which is the
   * rule: none.
   */
  public Fault strike(FaultKind kind, FaultTarget target) {
    return strike(kind, target, 0);
  }

  /**
   * The same, of a deed that concerns a GPU address.
   *
   * @param address without a fault's {@link FaultKey#ADDRESS}, any
   */
  public Fault strike(FaultKind kind, FaultTarget target, long address) {
    List<ArmedFault> candidates = byKind.get(kind);
    if (candidates == null) return null;
    long occasion = ++occasions[kind.ordinal() * TARGETS + target.index()];
    for (ArmedFault each : candidates) {
      Fault fault = each.fault();
      if (!each.waits(schedule.nowNanos()) || !fault.concerns(target)) continue;
      if (fault.value(FaultKey.ADDRESS, address) != address) continue;
      if (!each.takes(target, occasion)) continue;
      tell(fault, target, occasion, 0, 0, schedule.nowNanos());
      return fault;
    }
    return null;
  }

  // ---- commands

  /** The faults that are of commands; an engine looks for their places itself. */
  public List<ArmedFault> ofCommands() {
    return ofCommands;
  }

  /**
   * A fault has come to a command that is its by all that it says.
   *
   * @param occasion number of the command among all that the engine parsed in batches
   * @return whether it fires
   */
  public boolean fires(
      ArmedFault armed,
      FaultTarget engine,
      long occasion,
      int batchOrdinal,
      long commandAddress,
      long timeNanos) {
    if (!armed.takes(engine, occasion)) return false;
    tell(armed.fault(), engine, occasion, batchOrdinal, commandAddress, timeNanos);
    return true;
  }

  /** Keeps at which count of commands an engine asks next; 0: not at all. */
  public void keepArmed(FaultTarget engine, long count) {
    armed[engine.index()] = count;
  }

  /** What {@link #keepArmed} kept last. */
  public long armed(FaultTarget engine) {
    return armed[engine.index()];
  }

  /** {@code action} runs when the time of a fault of commands has come. */
  public void whenDue(Runnable action) {
    whenDue.add(action);
  }

  /** The present, up to which faults that have a time may fire. */
  public long nowNanos() {
    return schedule.nowNanos();
  }

  // ---- moments

  /** {@code handler} does what faults of {@code kind} do; without one there is nothing to hit. */
  public void whenStruck(FaultKind kind, Consumer<Fault> handler) {
    handlers.put(kind, handler);
  }

  /** The CPU is about to access a register, for which a fault may wait. */
  public void accessed(int offset) {
    if (ofAccesses.isEmpty()) return;
    for (ArmedFault each : ofAccesses) {
      if (each.fault().value(FaultKey.REGISTER, 0) == offset) strike(each);
    }
  }

  private void strike(ArmedFault armed) {
    long now = schedule.nowNanos();
    Fault fault = armed.fault();
    FaultTarget target = fault.target().orElse(FaultTarget.DEVICE);
    if (!armed.waits(now) || !armed.takes(target, now)) return;
    tell(fault, target, now, 0, 0, now);
    handlers.getOrDefault(fault.kind(), _ -> {}).accept(fault);
  }

  private void tell(
      Fault fault, FaultTarget target, long occasion, int batch, long address, long timeNanos) {
    world.faultFired(new FaultPoint(fault.text(), target, occasion, batch, address), timeNanos);
  }

  // ---- the part

  /** How many faults wait for their time. */
  public int planned() {
    return planned;
  }

  @Override
  public boolean isEvent(int index) {
    return index >= 0 && index < faults.size();
  }

  /** The time of a fault has come. */
  @Override
  public void event(int index) {
    planned--;
    ArmedFault armed = faults.get(index);
    if (armed.fault().kind().occasion() == FaultOccasion.MOMENT) strike(armed);
    else whenDue.forEach(Runnable::run);
  }

  @Override
  public void save(StateSink sink) {
    sink.putInt(faults.size());
    sink.putInt(planned);
    faults.forEach(fault -> fault.save(sink));
    sink.putLongs(occasions);
    sink.putLongs(armed);
  }

  @Override
  public void restore(StateSource source) {
    int count = source.takeInt();
    if (count != faults.size()) {
      throw new StateException(
          "saved state: of a plan of %d faults, not %d".formatted(count, faults.size()));
    }
    planned = source.takeInt(count, "number of faults that wait for their time");
    faults.forEach(fault -> fault.restore(source));
    source.takeLongs(occasions);
    source.takeLongs(armed);
  }
}
