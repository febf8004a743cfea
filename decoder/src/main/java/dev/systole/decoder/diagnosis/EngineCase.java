package dev.systole.decoder.diagnosis;

import dev.systole.decoder.Decoding;
import dev.systole.decoder.command.ArbOnOff;
import dev.systole.decoder.command.Command;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.ExecutionPoint;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.spec.EngineClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All that rules look at for one engine. */
final class EngineCase {
  private final Decoding decoding;
  private final EngineStream stream;
  private final Map<EngineStream, CommandPath> paths;

  /**
   * @param paths those of all engines of the dump
   */
  EngineCase(Decoding decoding, EngineStream stream, Map<EngineStream, CommandPath> paths) {
    this.decoding = decoding;
    this.stream = stream;
    this.paths = paths;
  }

  ErrorState dump() {
    return decoding.dump();
  }

  EngineStream stream() {
    return stream;
  }

  EngineState state() {
    return stream.state();
  }

  EngineClass engineClass() {
    return stream.engineClass();
  }

  Optional<ExecutionPoint> point() {
    return stream.point();
  }

  CommandPath path() {
    return paths.get(stream);
  }

  CommandPath path(EngineStream engine) {
    return paths.get(engine);
  }

  /** This engine first, then the others in the order of the dump. */
  List<EngineStream> engines() {
    return decoding.engines().stream()
        .sorted((a, b) -> Boolean.compare(b == stream, a == stream))
        .toList();
  }

  /** The command at which the engine stands, where it was captured. */
  Optional<Command> command() {
    return point().flatMap(ExecutionPoint::command).map(CommandRead::command);
  }

  /** The name of the command of IPEHR, empty when the dump does not have that register. */
  String commandName() {
    return point().map(ExecutionPoint::name).orElse("");
  }

  /** The last command before the one at which the engine stands for which that holds. */
  Optional<CommandRead> lastBefore(Predicate<Command> condition) {
    for (int i = path().point() - 1; i >= 0; i--) {
      if (condition.test(path().commands().get(i).command())) {
        return Optional.of(path().commands().get(i));
      }
    }
    return Optional.empty();
  }

  /** Whether commands forbade preemption where the engine stands. */
  boolean arbitrationOff() {
    return lastBefore(ArbOnOff.class::isInstance)
        .map(read -> !((ArbOnOff) read.command()).on())
        .orElse(false);
  }

  /** The low 32 bits of a register in the engine's block, or of the whole device; 0 if absent. */
  int register(String name) {
    return (int) state().register(name).orElse(dump().registers().get(name).orElse(0));
  }

  /** The units that a register of done bits shows as busy, without those the spec does not name. */
  List<String> busyUnits(String dumpName, String specName) {
    boolean known = state().register(dumpName).isPresent();
    return known ? decoding.busyUnits(specName, register(dumpName)) : List.of();
  }
}
