package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that real drivers recorded for Tiger Lake and Rocket Lake is known by the name that
 * the listing beside the recording gives it, and is as long as the listing has it.
 */
class CorpusTest {
  private static final Pattern COMMAND =
      Pattern.compile("0x([0-9a-f]+):  0x([0-9a-f]{8}):  ([A-Z0-9_]+).*");

  private static final Pattern GEN12 =
      Pattern.compile("(tgl|rkl)-(gl|vk|va)-.*\\.headers\\.txt\\.gz");

  private static final Pattern HUNG =
      Pattern.compile(
          "\"name\": \"([a-z]+)[0-9]\",.*?\"command\": \\{\\s*\"name\": \"([A-Z0-9_]+)\","
              + ".*?\"header\": \"0x([0-9a-f]+)\",\\s*\"dwords\": (\\d+)",
          Pattern.DOTALL);

  private record Listed(long address, int header, String name) {}

  private final Spec spec = Spec.gen12();

  @TestFactory
  Stream<DynamicTest> everyListedCommandIsKnownWithItsLength() throws IOException {
    return files("aub", GEN12).stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void hungCommandsOfTheErrorStatesAreKnown() throws IOException {
    var gen12 = Pattern.compile("o\\d+-(tgl|rkl)-.*\\.json");
    for (Path truth : files("error-states", gen12)) {
      Matcher hung = HUNG.matcher(Files.readString(truth));
      while (hung.find()) {
        EngineClass engine = engineClass(hung.group(1));
        int header = Integer.parseUnsignedInt(hung.group(3), 16);
        assertEquals(hung.group(2), name(header, engine), truth::toString);
        int dwords = Integer.parseInt(hung.group(4));
        assertEquals(dwords, spec.lengthDwords(header, engine), truth::toString);
      }
    }
  }

  private void check(Path file) throws IOException {
    var video = file.getFileName().toString().contains("-va-");
    EngineClass engine = video ? EngineClass.VIDEO : EngineClass.RENDER;
    List<Listed> commands = commands(file);
    for (int i = 0; i < commands.size(); i++) {
      Listed command = commands.get(i);
      assertEquals(command.name(), name(command.header(), engine));
      if (i + 1 == commands.size() || leavesTheBuffer(command)) continue;
      long lengthBytes = commands.get(i + 1).address() - command.address();
      if (lengthBytes < 0) continue;
      assertEquals(lengthBytes, 4L * spec.lengthDwords(command.header(), engine), command.name());
    }
  }

  private static boolean leavesTheBuffer(Listed command) {
    return command.name().startsWith("MI_BATCH_BUFFER_");
  }

  private static List<Listed> commands(Path file) throws IOException {
    try (var input = new GZIPInputStream(Files.newInputStream(file));
        var lines = new BufferedReader(new InputStreamReader(input))) {
      return lines
          .lines()
          .map(COMMAND::matcher)
          .filter(Matcher::matches)
          .map(
              line ->
                  new Listed(
                      Long.parseLong(line.group(1), 16),
                      Integer.parseUnsignedInt(line.group(2), 16),
                      line.group(3)))
          .toList();
    }
  }

  private String name(int header, EngineClass engine) {
    return spec.command(header, engine).map(CommandSpec::name).orElse("unknown");
  }

  private static EngineClass engineClass(String prefix) {
    return Stream.of(EngineClass.values())
        .filter(engine -> engine.prefix().equals(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(String folder, Pattern name) throws IOException {
    Optional<Path> shared = shared();
    assumeTrue(shared.isPresent(), "the shared corpus is not there");
    try (var files = Files.list(shared.orElseThrow().resolve("corpus").resolve(folder))) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static Optional<Path> shared() {
    String given = System.getProperty("systole.shared");
    Path root = Path.of("").toAbsolutePath().getParent();
    return given != null
        ? Optional.of(Path.of(given))
        : Stream.of("../shared", "../../shared")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .findFirst();
  }
}
