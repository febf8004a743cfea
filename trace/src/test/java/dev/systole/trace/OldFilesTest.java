package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of every minor version stay readable for ever. Those here were written by the versions they
 * are named after and are never written again; beside each stands what it held.
 */
class OldFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void aFileOfAnOlderMinorVersionIsReadAsItWasWritten(String version) throws IOException {
    var printed = new ArrayList<String>();
    try (var file = resource("format-" + version + ".systole");
        TraceReader reader = TraceReader.read(version, file)) {
      EventCursor cursor = reader.events();
      while (cursor.next()) printed.add(EventPrinter.json(cursor));
      assertEquals(List.of(), reader.verify());
      assertEquals("triangle", reader.header().workload());
    }
    try (var expected = resource("format-" + version + ".jsonl")) {
      String lines = new String(expected.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(lines, String.join("\n", printed) + "\n");
    }
  }

  private static InputStream resource(String name) {
    return OldFilesTest.class.getResourceAsStream(name);
  }
}
