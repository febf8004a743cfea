package dev.systole.replayer.golden;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Machine;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.replayer.NewTrace;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a golden trace again, as its header tells that it was made: recorded, faults injected. */
final class Renewal {
  private Renewal() {}

  /** Whether this version has what the trace was made of. */
  static boolean isPossible(Header header) {
    return Workloads.byName(header.workload()).isPresent()
        && Platform.byName(header.platform()).isPresent();
  }

  /** Replaces the trace in {@code file}. */
  static void renew(Path file, Header header) throws IOException {
    Optional<Workload> workload = Workloads.byName(header.workload());
    Optional<Platform> platform = Platform.byName(header.platform());
    var recorder =
        new Recorder(
            workload.orElseThrow(), header.arguments(), platform.orElseThrow(), header.seed());
    if (header.faults().isEmpty()) {
      record(recorder, file, header);
      return;
    }
    Path parent = Files.createTempFile("systole", ".systole");
    try {
      record(recorder, parent, header);
      inject(parent, file, header);
    } finally {
      Files.deleteIfExists(parent);
    }
  }

  private static void record(Recorder recorder, Path file, Header header) throws IOException {
    NewTrace.record(recorder, file, header.toolVersion(), Machine.NO_LIMIT, _ -> {});
  }

  private static void inject(Path parent, Path file, Header header) throws IOException {
    List<Fault> faults = header.faults().stream().map(Fault::parse).toList();
    try (TraceReader trace = TraceReader.open(parent)) {
      FaultPlan plan = FaultPlan.of(faults);
      NewTrace.inject(trace, plan, file, header.toolVersion(), Machine.NO_LIMIT, _ -> {});
    }
  }
}
