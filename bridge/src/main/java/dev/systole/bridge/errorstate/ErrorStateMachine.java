package dev.systole.bridge.errorstate;

import dev.systole.bridge.machine.Outcome;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.Outcome.NothingThere;
import dev.systole.bridge.machine.ReadyMachine;
import dev.systole.decoder.Decoder;
import dev.systole.decoder.command.BatchBufferStart;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.GpuMemory;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Executes the batch that an engine of a dump was given, from its start, with the memory that the
 * dump holds. The ring around it is made up: what it did before and after the batch is not
 * repeated, and neither is what the hung engine had computed so far.
 *
 * <p>Where the batch touches memory that is not in the dump, it is executed once more with zeroes
 * there, until nothing is missing any more. Where it comes to what should be more of the batch, it
 * ends: commands are not made up.
 */
public final class ErrorStateMachine {
  /** i915's names of the platforms whose commands Tiger Lake's are. */
  private static final Set<String> PLATFORMS =
      Set.of("TIGERLAKE", "ROCKETLAKE", "DG1", "ALDERLAKE_S", "ALDERLAKE_P");

  private static final AddressRange NOWHERE = new AddressRange(0, 0);
  private static final int RUNS_MAX = 64;

  private final Platform platform;
  private final ErrorState dump;
  private final List<EngineStream> streams;

  /** Executes what {@code dump} holds. */
  public ErrorStateMachine(Platform platform, ErrorState dump) {
    this.platform = platform;
    this.dump = dump;
    streams = Decoder.gen12().decode(dump).engines();
  }

  /** Executes the batch of each engine that had one. */
  public List<BatchExecution> execute() {
    return streams.stream().map(this::execute).toList();
  }

  private BatchExecution execute(EngineStream stream) {
    OptionalLong start = start(stream);
    Optional<NotExecuted> obstacle = obstacle(stream, start);
    if (obstacle.isPresent()) {
      return new BatchExecution(stream.name(), start, obstacle.get(), List.of());
    }
    Engine engine = engine(stream.name()).orElseThrow();
    AddressRange batch = stream.state().batch().orElse(NOWHERE);
    var missing = new ArrayList<MissingMemory>();
    while (true) {
      var machine = new ReadyMachine(platform);
      var tables = new PpgttBuilder(machine.function(), BatchContext.END);
      load(stream.state(), tables);
      for (MissingMemory memory : missing) tables.mapAround(memory.page(), batch);
      new BatchContext(machine, engine).submit(start.getAsLong(), tables.root());
      machine.settle();
      Outcome outcome = machine.outcome(engine);
      OptionalLong fault = machine.faultAddress();
      boolean cut = fault.isPresent() && batch.contains(fault.getAsLong());
      if (cut) outcome = new NothingThere(fault.getAsLong());
      if (cut || fault.isEmpty() || outcome instanceof NothingThere || missing.size() == RUNS_MAX) {
        return new BatchExecution(stream.name(), start, outcome, missing);
      }
      missing.add(MissingMemory.at(fault.getAsLong(), stream.memory()));
    }
  }

  /** Where the ring of the request leads to, else where the kernel says that the batch begins. */
  private static OptionalLong start(EngineStream stream) {
    var starts = new ArrayList<Location>();
    stream.forEach(
        element -> {
          if (element instanceof CommandRead read
              && read.level() == 0
              && read.command() instanceof BatchBufferStart start) {
            starts.add(start.target());
          }
        });
    if (!starts.isEmpty()) return OptionalLong.of(starts.getFirst().address());
    return stream
        .state()
        .batch()
        .map(range -> OptionalLong.of(range.start()))
        .orElse(OptionalLong.empty());
  }

  private Optional<NotExecuted> obstacle(EngineStream stream, OptionalLong start) {
    String name = dump.platform().orElse("a platform without a name");
    if (!PLATFORMS.contains(name)) {
      return Optional.of(new NotExecuted(name + " is not of Gen12"));
    }
    if (engine(stream.name()).isEmpty()) {
      return Optional.of(new NotExecuted(platform.name() + " has no " + stream.name()));
    }
    if (start.isEmpty()) {
      return Optional.of(new NotExecuted("neither ring nor registers lead to a batch"));
    }
    var first = new Location(Space.PPGTT, start.getAsLong());
    return stream.memory().bufferAt(first).isPresent()
        ? Optional.empty()
        : Optional.of(new NotExecuted("the dump does not hold the batch at " + first));
  }

  private Optional<Engine> engine(String name) {
    return platform.engines().stream()
        .filter(engine -> engine.kernelName().equals(name))
        .findFirst();
  }

  private static void load(EngineState state, PpgttBuilder tables) {
    for (CapturedObject object : state.objects()) {
      if (GpuMemory.spaceOf(object) == Space.PPGTT) tables.store(object.address(), object.bytes());
    }
  }
}
