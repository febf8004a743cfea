package dev.systole.shell.run;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.recorder.Model;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.replayer.AppReplay;
import dev.systole.shell.cli.Progress;
import dev.systole.shell.cli.Version;
import dev.systole.trace.EventCursor;
import dev.systole.trace.EventSink;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trace that a run has written.
 *
 * @param file where it is
 * @param events how many it holds
 * @param contentBytes their stored size, header and index excluded
 * @param virtualNanos the time of the last
 * @param faultsNotFired faults that were asked for and never came to their place
 * @param end how the run ended
 */
public record NewTrace(
    Path file,
    long events,
    long contentBytes,
    long virtualNanos,
    List<String> faultsNotFired,
    RunEnd end) {
  /** Something that tells a sink what happens. */
  @FunctionalInterface
  private interface Run {
    Cpu.Outcome into(EventSink sink) throws IOException;
  }

  /**
   * Records a workload.
   *
   * @param limitNanos virtual time at which the run ends at the latest
   */
  public static NewTrace record(Recorder recorder, Path file, long limitNanos, Progress progress)
      throws IOException {
    Header header = recorder.header(Version.current());
    return write(file, header, progress, sink -> recorder.record(sink, limitNanos));
  }

  /** Replays a trace with faults. */
  public static NewTrace inject(
      TraceReader trace, FaultPlan faults, Path file, long limitNanos, Progress progress)
      throws IOException {
    var replay = new AppReplay(trace);
    Header header = withFaults(trace, faults);
    return write(file, header, progress, sink -> replay.inject(faults, sink, limitNanos));
  }

  private static Header withFaults(TraceReader trace, FaultPlan faults) {
    Header header = trace.header();
    List<String> added = faults.entries().stream().map(entry -> entry.fault().text()).toList();
    var all = new ArrayList<>(header.faults());
    all.addAll(added);
    return new Header(
        header.seed(),
        header.platform(),
        header.frontEnd(),
        header.levels(),
        header.workload(),
        header.arguments(),
        all,
        Model.VERSION,
        Version.current(),
        Optional.of(new Header.Origin(trace.uuid(), "replay --inject " + String.join(" ", added))),
        CallCatalog.get().schema());
  }

  /**
   * When the run throws there is no trace; when the program dies, the chunks written so far stay in
   * {@code FILE.part}.
   */
  private static NewTrace write(
      Path file, Header header, Progress progress, Run run) throws IOException {
    TraceWriter writer = TraceWriter.create(file, header);
    Cpu.Outcome outcome;
    try (Progress.Line _ = progress.start(writer.events()::eventCount)) {
      outcome = run.into(writer.events());
      writer.close();
    } finally {
      writer.abandon(); // without effect on a trace that was closed
    }
    try (TraceReader trace = TraceReader.open(file)) {
      return new NewTrace(
          file,
          trace.eventCount(),
          writer.contentBytes(),
          trace.chunks().isEmpty() ? 0 : trace.chunks().getLast().lastTimeNanos(),
          notFired(header.faults(), trace),
          RunEnd.of(outcome, trace));
    }
  }

  private static List<String> notFired(List<String> faults, TraceReader trace) throws IOException {
    var left = new ArrayList<>(faults);
    EventCursor events = trace.events(EventKinds.FAULT_FIRED::equals);
    while (events.next()) left.remove(((FaultFired) events.event()).fault());
    return left;
  }
}
