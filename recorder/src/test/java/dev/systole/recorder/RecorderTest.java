package dev.systole.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.trace.TraceWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecorderTest {
  static List<String> workloads() {
    return Workloads.all().stream().map(Workload::name).toList();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyWorkloadRunsToItsEnd(String name) throws IOException {
    var out = new ByteArrayOutputStream();
    assertInstanceOf(Cpu.Outcome.Finished.class, record(name, 1, out));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aSeedGivesTheSameBytesEveryTime(String name) throws IOException {
    var first = new ByteArrayOutputStream();
    var second = new ByteArrayOutputStream();
    record(name, 7, first);
    record(name, 7, second);
    assertArrayEquals(first.toByteArray(), second.toByteArray(), name + " with seed 7");
  }

  private static Cpu.Outcome record(String name, long seed, ByteArrayOutputStream out)
      throws IOException {
    Workload workload = Workloads.byName(name).orElseThrow();
    var recorder = new Recorder(workload, Map.of(), Platform.TGL, seed);
    try (var writer = TraceWriter.to(out, recorder.header("test"))) {
      return recorder.record(writer.events(), Machine.NO_LIMIT);
    }
  }
}
