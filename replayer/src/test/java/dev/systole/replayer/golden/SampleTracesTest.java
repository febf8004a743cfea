package dev.systole.replayer.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The project's golden traces. After a change that was meant, {@code ./systole test sample-traces
 * --accept} approves what they are now.
 */
class SampleTracesTest {
  static List<Named<GoldenTrace>> traces() throws IOException {
    return GoldenTrace.in(Path.of("../sample-traces")).stream()
        .map(trace -> Named.of(trace.name(), trace))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aGoldenTraceReplaysAtEveryLevel(GoldenTrace trace) throws IOException {
    assertEquals(List.of(), trace.checkReplay());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void whatFollowsFromAGoldenTraceIsAsApproved(GoldenTrace trace) throws IOException {
    for (Map.Entry<Path, byte[]> output : trace.outputs().entrySet()) {
      Path approved = output.getKey();
      if (output.getValue().length == 0) {
        assertFalse(Files.exists(approved), () -> approved + " is approved, and nothing hung");
        continue;
      }
      String text = new String(output.getValue(), StandardCharsets.UTF_8);
      Approvals.verify(text, new Options().forFile().withNamer(new BesideTrace(approved)));
    }
  }
}
