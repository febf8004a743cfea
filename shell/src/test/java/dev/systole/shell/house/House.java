package dev.systole.shell.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The modules as they lie in the source tree, and what each may use directly
 * (docs/architecture.md).
 */
final class House {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Package below {@code dev.systole} of every module, and the modules it names as its own. */
  static final Map<String, List<String>> USES =
      Map.ofEntries(
          Map.entry("spec", List.of()),
          Map.entry("trace", List.of()),
          Map.entry("gpu", List.of("spec")),
          Map.entry("errorstate", List.of()),
          Map.entry("decoder", List.of("spec", "errorstate")),
          Map.entry("driver", List.of("spec", "gpu", "errorstate")),
          Map.entry("recorder", List.of("driver", "trace")),
          Map.entry("timeline", List.of("trace", "errorstate", "decoder")),
          Map.entry("replayer", List.of("recorder", "decoder", "timeline")),
          Map.entry("bridge", List.of("trace", "gpu", "decoder", "errorstate")),
          Map.entry("shell", List.of("bridge", "replayer")));

  /** Rooms of the two big modules, packages below theirs, and the rooms each may use. */
  static final Map<String, Map<String, List<String>>> ROOMS =
      Map.of(
          "gpu",
          Map.ofEntries(
              Map.entry("door", List.of("fault")),
              Map.entry("platform", List.of()),
              Map.entry("fault", List.of()),
              Map.entry("injection", List.of("door", "fault", "sim")),
              Map.entry("sim", List.of()),
              Map.entry("memory", List.of("sim")),
              Map.entry("display", List.of("blit", "command", "door", "memory", "sim")),
              Map.entry("iommu", List.of("memory", "sim")),
              Map.entry("interrupt", List.of("fault", "injection", "memory", "sim")),
              Map.entry("power", List.of("fault", "injection", "memory", "platform", "sim")),
              Map.entry("blit", List.of("memory")),
              Map.entry("command", List.of("blit", "memory", "platform", "sim")),
              Map.entry(
                  "engine",
                  List.of("command", "fault", "injection", "memory", "platform", "power", "sim")),
              Map.entry(
                  "pci",
                  List.of(
                      "command",
                      "display",
                      "door",
                      "engine",
                      "fault",
                      "injection",
                      "interrupt",
                      "iommu",
                      "memory",
                      "platform",
                      "power",
                      "sim"))),
          "driver",
          Map.ofEntries(
              Map.entry("cpu", List.of()),
              Map.entry("core", List.of("cpu")),
              Map.entry("door", List.of()),
              Map.entry("vendor", List.of("door")),
              Map.entry("ddi", List.of("door")),
              Map.entry("app", List.of("door")),
              Map.entry("umd", List.of("app", "door", "vendor")),
              Map.entry("dxgk", List.of("app", "core", "cpu", "ddi", "door")),
              Map.entry("miniport", List.of("core", "cpu", "ddi", "door", "vendor")),
              Map.entry(
                  "stack", List.of("app", "core", "cpu", "ddi", "door", "dxgk", "miniport"))));

  private House() {}

  /** The folder of the module with this package. */
  static Path folder(String module) {
    return ROOT.resolve(module.equals("errorstate") ? "error-state" : module);
  }

  /** The Java sources below a folder, in the order of their paths. */
  static List<Path> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (var walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }
}
