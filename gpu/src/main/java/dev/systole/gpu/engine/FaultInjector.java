package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.MiCommands.*;

import dev.systole.gpu.command.BatchCount;
import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.List;

/**
 * Makes the faults of a plan happen. When a batch begins it tells the engine which command to stop
 * at, so that commands elsewhere cost nothing.
 */
public final class FaultInjector implements Part {
  private static final int DWORD = Integer.BYTES;

  private final List<FaultPlan.Entry> entries;
  private final WorldDoor world;
  private final boolean[] fired;
  private final boolean[] due;
  private final List<CommandStreamer> engines;

  /**
   * Schedules the moments at which faults become due.
   *
   * @param engines that the faults may hit; may grow
   */
  public FaultInjector(
      FaultPlan plan, WorldDoor world, Schedule schedule, List<CommandStreamer> engines) {
    entries = plan.entries();
    this.world = world;
    this.engines = engines;
    fired = new boolean[entries.size()];
    due = new boolean[entries.size()];
    for (int i = 0; i < due.length; i++) {
      var time = entries.get(i).fault().timeNanos();
      due[i] = time.isEmpty();
      if (time.isPresent()) schedule.at(time.getAsLong(), i);
    }
  }

  /** How many faults wait for their time. */
  public int waiting() {
    int waiting = 0;
    for (boolean is : due) if (!is) waiting++;
    return waiting;
  }

  @Override
  public boolean isEvent(int index) {
    return index >= 0 && index < due.length;
  }

  /** The time of fault number {@code index} has come. */
  @Override
  public void event(int index) {
    due[index] = true;
    for (CommandStreamer engine : engines) {
      if (engine.state().position().batchLevel() > 0) arm(engine.state());
      engine.wake();
    }
  }

  /** Says at which command of the open batch the next fault may fire. */
  public void arm(EngineState state) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < fired.length; i++) {
      if (!fired[i] && due[i]) first = Math.min(first, nextCommand(entries.get(i), state));
    }
    state.count().setFaultAt(first == Long.MAX_VALUE ? 0 : first);
  }

  /** The first command from here on that the fault may hit, as the engine counts commands. */
  private static long nextCommand(FaultPlan.Entry entry, EngineState state) {
    if (!concernsBatch(entry, state)) return Long.MAX_VALUE;
    long next = state.count().commands() + 1;
    var command = entry.fault().command();
    if (command.isPresent()) {
      long wanted = countedFrom(entry.fault(), state.count()) + command.getAsInt();
      return wanted >= next ? wanted : Long.MAX_VALUE;
    }
    boolean mayHit = hitsAnyCommand(entry) || state.count().commandsInBatch() == 0;
    return mayHit ? next : Long.MAX_VALUE;
  }

  /** Whether the command that is about to run, and counted already, is the fault's. */
  private static boolean hits(FaultPlan.Entry entry, EngineState state) {
    if (!concernsBatch(entry, state)) return false;
    var point = entry.point();
    if (point.isPresent() && point.get().commandAddress() != state.commandAddress()) return false;
    var command = entry.fault().command();
    return command.isPresent()
        ? countedFrom(entry.fault(), state.count()) + command.getAsInt() == state.count().commands()
        : hitsAnyCommand(entry) || state.count().commandsInBatch() == 1;
  }

  private static boolean concernsBatch(FaultPlan.Entry entry, EngineState state) {
    int ordinal = state.count().ordinal();
    var point = entry.point();
    var request = entry.fault().request();
    return entry.concerns(state.engine())
        && (point.isEmpty() || point.get().batchOrdinal() == ordinal)
        && (request.isEmpty() || request.getAsInt() == ordinal);
  }

  /** Commands are counted in the batch when one is named, else since power-on. */
  private static long countedFrom(Fault fault, BatchCount count) {
    return fault.request().isPresent() ? count.commands() - count.commandsInBatch() : 0;
  }

  /** A fault that waited for its time, or knows its address, does not ask which command it is. */
  private static boolean hitsAnyCommand(FaultPlan.Entry entry) {
    return entry.fault().timeNanos().isPresent() || entry.point().isPresent();
  }

  /**
   * The engine is about to run the command that a fault waits for.
   *
   * @return whether the engine stops here for ever
   */
  public boolean reached(EngineState state, long nowNanos) {
    boolean stops = false;
    for (int i = 0; i < fired.length; i++) {
      var entry = entries.get(i);
      if (fired[i] || !due[i] || !hits(entry, state)) continue;
      fired[i] = true;
      switch (entry.fault().kind()) {
        case STOP -> stops = true;
        case LOOP -> overwriteWithLoop(state);
      }
      world.faultFired(
          entry.fault().text(),
          state.engine(),
          state.count().ordinal(),
          state.commandAddress(),
          nowNanos);
    }
    arm(state);
    return stops;
  }

  private static void overwriteWithLoop(EngineState state) {
    AddressSpace memory = state.memory();
    long address = state.commandAddress();
    boolean ggtt = state.position().inGgtt();
    long jump = address + DWORD;
    int start =
        MI_BATCH_BUFFER_START
            | MI_BATCH_BUFFER_START_LENGTH_DWORDS - 2
            | (ggtt ? 0 : MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT);
    memory.store32(address, ggtt, MI_ARB_ON_OFF);
    memory.store32(jump, ggtt, start);
    memory.store32(jump + DWORD, ggtt, (int) jump);
    memory.store32(jump + 2 * DWORD, ggtt, (int) (jump >>> 32));
  }

  @Override
  public void save(StateSink sink) {
    sink.putInt(fired.length);
    for (boolean has : fired) sink.putBoolean(has);
    for (boolean is : due) sink.putBoolean(is);
  }

  @Override
  public void restore(StateSource source) {
    int count = source.takeInt();
    if (count != fired.length) {
      throw new StateException(
          "saved state: of a plan of %d faults, not %d".formatted(count, fired.length));
    }
    for (int i = 0; i < fired.length; i++) fired[i] = source.takeBoolean();
    for (int i = 0; i < due.length; i++) due[i] = source.takeBoolean();
  }
}
