package dev.systole.shell.verb;

import dev.systole.gpu.fault.FaultKey;
import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.spec.CommandSpec;
import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import dev.systole.spec.RegisterSpec;
import dev.systole.spec.Spec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All the {@link Listing}s. */
final class Listings {
  /** For picocli. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  private Listings() {}

  static List<String> names() {
    return List.of("workloads", "platforms", "faults", "commands", "registers");
  }

  static Optional<Listing> named(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "workloads" -> workloads();
          case "platforms" -> platforms();
          case "faults" -> faults();
          case "commands" -> commands(Spec.gen12().commands());
          case "registers" -> registers(Spec.gen12().registers());
          default -> null;
        });
  }

  private static Listing workloads() {
    return new Listing(
        "workloads",
        List.of("name", "frontEnd", "arguments", "summary"),
        Workloads.all().stream()
            .<List<?>>map(
                workload ->
                    List.of(
                        workload.name(),
                        Recorder.FRONT_END,
                        workload.arguments().stream().map(Listings::describe).toList(),
                        workload.summary()))
            .toList());
  }

  private static String describe(Workload.Argument argument) {
    return argument.name() + "=" + argument.defaultValue();
  }

  private static Listing platforms() {
    return new Listing(
        "platforms",
        List.of("name", "deviceId", "engines", "summary"),
        Platform.all().stream()
            .<List<?>>map(
                platform ->
                    List.of(
                        platform.name(),
                        "0x%04x".formatted(platform.deviceId()),
                        platform.engines().stream().map(Engine::kernelName).toList(),
                        platform.summary()))
            .toList());
  }

  private static Listing faults() {
    return new Listing(
        "faults",
        List.of("name", "target", "example", "takes", "summary"),
        Arrays.stream(FaultKind.values())
            .<List<?>>map(
                kind ->
                    List.of(
                        kind.word(),
                        kind.target().word(),
                        kind.example(),
                        kind.keys().stream().map(FaultKey::word).toList(),
                        kind.summary()))
            .toList());
  }

  private static Listing commands(Collection<CommandSpec> commands) {
    return new Listing(
        "commands",
        List.of("name", "header", "length", "engines"),
        commands.stream()
            .<List<?>>map(
                command ->
                    List.of(
                        command.name(),
                        "0x%08x".formatted(command.header()),
                        command.lengthMask() == 0
                            ? Integer.toString(command.lengthDwords().orElse(1))
                            : "variable",
                        prefixes(command.engines())))
            .toList());
  }

  private static Listing registers(Collection<RegisterSpec> registers) {
    return new Listing(
        "registers",
        List.of("name", "offset", "base", "count", "engines"),
        registers.stream()
            .<List<?>>map(
                register ->
                    List.of(
                        register.name(),
                        "0x%x".formatted(register.offsetBytes()),
                        register.engines().isEmpty() ? "device" : "engine",
                        register.count() * register.rows(),
                        prefixes(register.engines())))
            .toList());
  }

  private static List<String> prefixes(Set<EngineClass> engines) {
    return engines.stream().map(EngineClass::prefix).toList();
  }
}
