package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader in Python, written from docs/trace-format.md, prints the same as ours. */
class IndependentReaderTest {
  private static final Path SCRIPT = Path.of("src/test/python/read_trace.py");

  @Test
  void aReaderWrittenFromTheSpecificationPrintsTheSameEvents(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(hasPython(), "python3 is not installed");
    Path file = folder.resolve("t.systole");
    byte[] trace =
        Samples.trace(
            List.of(
                sink -> Samples.randomEvents(sink, 11, 2000),
                sink -> Samples.randomEvents(sink, 12, 500)));
    Files.write(file, trace);
    assertEquals(String.join("\n", ours(trace)), String.join("\n", theirs(file, folder)));
  }

  private static List<String> ours(byte[] trace) throws IOException {
    var lines = new ArrayList<String>();
    try (TraceReader reader = Samples.open(trace)) {
      EventCursor cursor = reader.events();
      while (cursor.next()) lines.add(EventPrinter.json(cursor));
    }
    return lines;
  }

  private static List<String> theirs(Path file, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process python =
        new ProcessBuilder("python3", SCRIPT.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int exit = python.waitFor();
    List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
    assertEquals(0, exit, () -> String.join("\n", lines));
    return lines;
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
