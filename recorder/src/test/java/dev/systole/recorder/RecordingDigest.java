package dev.systole.recorder;

import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.workload.Workloads;
import dev.systole.trace.TraceWriter;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * Records a workload ({@code RecordingDigest WORKLOAD SEED}) and prints the digest of the trace.
 */
final class RecordingDigest {
  private RecordingDigest() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(of(arguments[0], Long.parseLong(arguments[1])));
  }

  static String of(String workload, long seed) throws Exception {
    var recorder =
        new Recorder(Workloads.byName(workload).orElseThrow(), Map.of(), Platform.TGL, seed);
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, recorder.header("test"))) {
      recorder.record(writer.events(), Machine.NO_LIMIT);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
  }
}
