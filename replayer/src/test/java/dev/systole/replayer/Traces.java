package dev.systole.replayer;

import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Machine;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workloads;
import dev.systole.trace.EventSink;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Traces made for tests, in memory. */
final class Traces {
  static final long LIMIT_NANOS = Machine.NO_LIMIT;

  private Traces() {}

  static TraceReader record(String workload) throws IOException {
    return record(workload, UnaryOperator.identity());
  }

  /** Records with something between the machine and the file. */
  static TraceReader record(String workload, UnaryOperator<EventSink> between) throws IOException {
    var recorder =
        new Recorder(Workloads.byName(workload).orElseThrow(), Map.of(), Platform.TGL, 1);
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, recorder.header("test"))) {
      recorder.record(between.apply(writer.events()), LIMIT_NANOS);
    }
    return open(out);
  }

  static TraceReader open(ByteArrayOutputStream file) throws IOException {
    return TraceReader.read("test", new ByteArrayInputStream(file.toByteArray()));
  }
}
