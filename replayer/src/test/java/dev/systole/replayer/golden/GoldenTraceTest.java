package dev.systole.replayer.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.replayer.NewTrace;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTraceTest {
  private static final long LIMIT_NANOS = 90_000_000_000L;

  @TempDir Path folder;
  private Path triangle;
  private GoldenTrace golden;

  @BeforeEach
  void recordATrace() throws IOException {
    triangle = folder.resolve("triangle.systole");
    Workload workload = Workloads.byName("triangle").orElseThrow();
    var recorder = new Recorder(workload, Map.of("frames", "2"), Platform.TGL, 7);
    NewTrace.record(recorder, triangle, "test", LIMIT_NANOS, _ -> {});
    golden = new GoldenTrace(triangle);
  }

  @Test
  void withoutApprovedOutputsEveryOutputIsAFinding() throws IOException {
    List<String> findings = golden.check();
    assertEquals(2, findings.size(), findings.toString());
    assertTrue(findings.getFirst().startsWith("triangle.timeline.txt: line 1"));
  }

  @Test
  void whatWasAcceptedHolds() throws IOException {
    golden.accept();
    assertEquals(List.of(), golden.check());
  }

  @Test
  void aDifferenceIsToldWithItsLine() throws IOException {
    golden.accept();
    Path timeline = folder.resolve("triangle.timeline.txt");
    List<String> lines = Files.readAllLines(timeline);
    Files.writeString(timeline, lines.getFirst() + "\nsomething else\n");
    String finding = golden.check().getFirst();
    assertTrue(finding.contains("line 2\n  approved  something else\n"), finding);
  }

  @Test
  void aTraceIsMadeAgainAsItsHeaderTells() throws IOException {
    Path hung = folder.resolve("hung.systole");
    var faults = FaultPlan.of(List.of(Fault.parse("loop@rcs0:request=1")));
    try (TraceReader trace = TraceReader.open(triangle)) {
      NewTrace.inject(trace, faults, hung, "test", LIMIT_NANOS, _ -> {});
    }
    byte[] before = Files.readAllBytes(hung);
    Header header;
    try (TraceReader trace = TraceReader.open(hung)) {
      header = trace.header();
    }
    Renewal.renew(hung, header);
    assertArrayEquals(before, Files.readAllBytes(hung));
  }

  @Test
  void aTraceOfAVersionWithOtherEventsIsMadeAgain() throws IOException {
    Header header;
    try (TraceReader trace = TraceReader.open(triangle)) {
      header = trace.header();
    }
    byte[] before = Files.readAllBytes(triangle);
    var older = new Schema(header.schema().kinds().subList(0, 5), header.schema().calls());
    try (var out = Files.newOutputStream(triangle)) {
      TraceWriter.to(out, with(older, header)).close();
    }
    golden.accept();
    assertArrayEquals(before, Files.readAllBytes(triangle));
  }

  private static Header with(Schema schema, Header header) {
    return new Header(
        header.seed(),
        header.platform(),
        header.frontEnd(),
        header.levels(),
        header.workload(),
        header.arguments(),
        header.faults(),
        header.modelVersion(),
        header.toolVersion(),
        header.origin(),
        schema);
  }
}
