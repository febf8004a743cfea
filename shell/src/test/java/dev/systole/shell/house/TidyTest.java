package dev.systole.shell.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discipline that no compiler holds; every finding is listed with its place. */
class TidyTest {
  private static final int MAX_LINES = 400;

  /** Tables, one row after the other; they may be as long as what they list. */
  private static final Set<String> TABLES = Set.of("EventKinds.java");

  /** What would make two runs of one trace differ, and the files that may have it all the same. */
  private record Forbidden(String what, Pattern pattern, Set<String> except) {}

  /** The baton of the simulated CPU is passed between threads of which one runs at a time. */
  private static final Set<String> BATON = Set.of("Cpu.java", "CpuThread.java");

  /** Their maps are only looked into by key, never gone through. */
  private static final Set<String> LOOKUPS = Set.of("CallCatalog.java", "Recording.java");

  private static final List<Forbidden> FORBIDDEN =
      List.of(
          forbidden(
              "wall clock",
              "System\\.(currentTimeMillis|nanoTime)|(Instant|LocalDateTime|LocalDate)\\.now",
              Set.of()),
          forbidden("java.util.concurrent", "java\\.util\\.concurrent", BATON),
          forbidden("threads", "new Thread\\b|Thread\\.(of|start)|\\.parallel(Stream)?\\(", BATON),
          forbidden(
              "unseeded randomness",
              "new Random\\(\\)|Math\\.random|ThreadLocalRandom|SecureRandom|randomUUID",
              Set.of()),
          forbidden("identity hash codes", "identityHashCode|IdentityHashMap", LOOKUPS),
          forbidden("maps without an order", "\\b(HashMap|HashSet|Set\\.of|Map\\.of)\\b", LOOKUPS));

  private static final Pattern LEFTOVER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  static Stream<String> deterministicModules() {
    return Stream.of("gpu", "driver", "recorder");
  }

  static Stream<String> modules() {
    return House.USES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("deterministicModules")
  void nothingInTheMachineDependsOnWhereOrWhenItRuns(String module) throws IOException {
    var findings = new ArrayList<String>();
    for (Path source : House.sources(House.folder(module).resolve("src/main/java"))) {
      String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
      for (Forbidden rule : FORBIDDEN) {
        if (rule.except().contains(source.getFileName().toString())) continue;
        if (rule.pattern().matcher(code).find()) findings.add(place(source) + ": " + rule.what());
      }
    }
    assertEquals(List.of(), findings);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void filesAreShortAndFinished(String module) throws IOException {
    var findings = new ArrayList<String>();
    for (Path source : House.sources(House.folder(module).resolve("src"))) {
      if (source.endsWith("TidyTest.java")) continue;
      List<String> lines = Files.readAllLines(source);
      String name = source.getFileName().toString();
      if (!TABLES.contains(name) && lines.size() > MAX_LINES)
        findings.add(place(source) + ": " + lines.size() + " lines");
      for (int i = 0; i < lines.size(); i++) {
        if (LEFTOVER.matcher(lines.get(i)).find()) findings.add(place(source) + ":" + (i + 1));
      }
    }
    assertEquals(List.of(), findings);
  }

  @Test
  void everyPackageExplainsItself() throws IOException {
    var silent = new TreeSet<String>();
    for (String module : House.USES.keySet()) {
      for (Path source : House.sources(House.folder(module).resolve("src/main/java"))) {
        if (source.endsWith("module-info.java")) continue;
        if (!Files.exists(source.resolveSibling("package-info.java"))) {
          silent.add(place(source.getParent()));
        }
      }
    }
    assertEquals(Set.of(), silent);
  }

  private static Forbidden forbidden(String what, String regex, Set<String> except) {
    return new Forbidden(what, Pattern.compile(regex), except);
  }

  private static String place(Path path) {
    return House.ROOT.relativize(path).toString();
  }
}
