package dev.systole.replayer.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  void aGoldenTraceReplaysAndLooksAsApproved(GoldenTrace trace) throws IOException {
    assertEquals(List.of(), trace.check());
  }
}
