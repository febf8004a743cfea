package dev.systole.replayer;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.AppThread;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.recorder.Machine;
import dev.systole.recorder.MachineConfig;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.replayer.ChunkComparison.Diverged;
import dev.systole.trace.ChunkEncoder;
import dev.systole.trace.EventSink;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the whole stack again: applications are fed from the trace, everything else is re-executed.
 * What the trace's own faults did is done again at the same points.
 */
public final class AppReplay {
  private final TraceReader trace;

  /** Of a trace that holds the level {@code app}. */
  public AppReplay(TraceReader trace) {
    this.trace = trace;
  }

  /** How a comparison ended. */
  public sealed interface Result {
    /** Nothing differed. */
    record Identical(long events, Cpu.Outcome outcome) implements Result {}

    /** Something did. */
    record Different(Divergence divergence) implements Result {}
  }

  /**
   * Runs and compares everything that happens with the trace, up to the first difference.
   *
   * @param untilNanos virtual time at which the run ends at the latest, or {@link
   *     dev.systole.recorder.Machine#NO_LIMIT}
   */
  public Result compare(long untilNanos) throws IOException {
    var comparison = new ChunkComparison(trace);
    var encoder = new ChunkEncoder(schema(), comparison);
    var finder = new DivergenceFinder(trace);
    try {
      Cpu.Outcome outcome = run(FaultPlan.none(), encoder, untilNanos);
      encoder.flush();
      long events = encoder.eventCount();
      if (events < trace.eventCount()) {
        return new Result.Different(finder.endedEarly(events));
      }
      return new Result.Identical(events, outcome);
    } catch (Diverged e) {
      return new Result.Different(finder.find(e.mismatch(), comparison::blob));
    }
  }

  /** The schema of the trace, which must be that of what this version records. */
  private Schema schema() {
    Schema own = CallCatalog.get().schema();
    if (trace.header().schema().equals(own)) return own;
    throw new ReplayException(
        "the trace was recorded by version %s with other calls or events than this version has;"
                .formatted(trace.header().toolVersion())
            + " record it again, or replay it with that version");
  }

  /**
   * Runs with more faults and tells {@code sink} what happens. Once one of them has fired, the
   * applications go on open-loop.
   */
  public Cpu.Outcome inject(FaultPlan faults, EventSink sink, long untilNanos) throws IOException {
    return run(faults, sink, untilNanos);
  }

  private Cpu.Outcome run(FaultPlan extra, EventSink sink, long untilNanos) throws IOException {
    MachineConfig config = RecordedMachine.of(trace).with(RecordedFaults.of(trace).and(extra));
    var machine = new Machine(config, sink);
    return machine.run(processes(machine), untilNanos);
  }

  private List<AppProcess> processes(Machine machine) throws IOException {
    var threads = new LinkedHashMap<Lane, List<AppThread>>();
    var handles = new HashMap<Lane, HandleTranslation>();
    for (Map.Entry<Lane, List<Step>> thread : RecordedThreads.read(trace).entrySet()) {
      Lane lane = thread.getKey();
      Lane process = Lane.of(lane.process(), lane.processId(), "");
      var body =
          new RecordedThread(
              thread.getValue(),
              handles.computeIfAbsent(process, each -> new HandleTranslation()),
              machine.clock());
      threads
          .computeIfAbsent(process, each -> new ArrayList<>())
          .add(new AppThread(lane.thread(), body, false));
    }
    return threads.entrySet().stream()
        .map(e -> new AppProcess(e.getKey().process(), (int) e.getKey().processId(), e.getValue()))
        .toList();
  }
}
