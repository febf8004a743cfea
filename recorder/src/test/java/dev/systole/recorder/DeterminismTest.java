package dev.systole.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** DESIGN part 4: the same bytes on every JVM, collector, heap size and locale. */
class DeterminismTest {
  private static final long SEED = 11;

  @Test
  void collectorHeapAndLocaleLeaveNoTraceInTheTrace() throws Exception {
    String here = RecordingDigest.of("two-apps", SEED);
    assertEquals(here, inJvm("-XX:+UseSerialGC", "-Xmx128m"), "seed " + SEED);
    assertEquals(
        here,
        inJvm("-XX:+UseParallelGC", "-Xmx1g", "-Duser.language=tr", "-Duser.country=TR"),
        "seed " + SEED);
  }

  private static String inJvm(String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Djdk.virtualThreadScheduler.parallelism=1");
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(RecordingDigest.class.getName(), "two-apps", Long.toString(SEED)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  /** Everything that this JVM has, as a plain class path. */
  private static String classPath() {
    String here = Path.of("target", "test-classes").toString();
    return Stream.of(
            here, System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
        .filter(path -> path != null && !path.isEmpty())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }
}
