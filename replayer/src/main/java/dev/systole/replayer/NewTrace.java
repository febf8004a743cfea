package dev.systole.replayer;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.recorder.Model;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.trace.EventCursor;
import dev.systole.trace.EventSink;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import dev.systole.trace.TraceWriter;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.Wedged;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A trace that a run has written.
 *
 * @param file where it is
 * @param events how many it holds
 * @param contentBytes their stored size, header and index excluded
 * @param virtualNanos the time of the last
 * @param faultsNotFired faults that were asked for and never came to their place
 * @param divergence where the run differed from its parent before any of its faults fired
 * @param trouble what is wrong with how the run ended, in words; empty when it ended well
 */
public record NewTrace(
    Path file,
    long events,
    long contentBytes,
    long virtualNanos,
    List<String> faultsNotFired,
    Optional<Divergence> divergence,
    Optional<String> trouble) {
  /** Something that tells a sink what happens. */
  @FunctionalInterface
  private interface Run {
    Cpu.Outcome into(EventSink sink) throws IOException;
  }

  /** How a run ended, and the stored size of its events. */
  private record Ending(Cpu.Outcome outcome, long contentBytes) {}

  public NewTrace {
    faultsNotFired = List.copyOf(faultsNotFired);
  }

  /**
   * Records a workload.
   *
   * @param toolVersion of the program that records
   * @param untilNanos virtual time at which the run ends at the latest, or {@link
   *     dev.systole.recorder.Machine#NO_LIMIT}
   * @param watcher is given the sink before the run begins
   */
  public static NewTrace record(
      Recorder recorder,
      Path file,
      String toolVersion,
      long untilNanos,
      Consumer<EventSink> watcher)
      throws IOException {
    Header header = recorder.header(toolVersion);
    Ending ending = write(file, header, watcher, sink -> recorder.record(sink, untilNanos));
    try (TraceReader made = TraceReader.open(file)) {
      return of(file, made, Optional.empty(), ending);
    }
  }

  /** Replays a trace with further faults; the parameters are those of {@link #record}. */
  public static NewTrace inject(
      TraceReader trace,
      FaultPlan faults,
      Path file,
      String toolVersion,
      long untilNanos,
      Consumer<EventSink> watcher)
      throws IOException {
    var replay = new AppReplay(trace);
    Header header = header(trace, faults, toolVersion);
    Ending ending = write(file, header, watcher, sink -> replay.inject(faults, sink, untilNanos));
    try (TraceReader made = TraceReader.open(file)) {
      return of(file, made, new DivergenceFinder(trace).untilFault(made), ending);
    }
  }

  private static Header header(TraceReader trace, FaultPlan faults, String toolVersion) {
    Header parent = trace.header();
    List<String> added = faults.entries().stream().map(entry -> entry.fault().text()).toList();
    var all = new ArrayList<>(parent.faults());
    all.addAll(added);
    return new Header(
        parent.seed(),
        parent.platform(),
        parent.frontEnd(),
        parent.levels(),
        parent.workload(),
        parent.arguments(),
        all,
        Model.VERSION,
        toolVersion,
        Optional.of(new Header.Origin(trace.uuid(), "replay --inject " + String.join(" ", added))),
        CallCatalog.get().schema());
  }

  /**
   * When the run throws there is no trace; when the program dies, the chunks written so far stay in
   * {@code FILE.part}.
   */
  private static Ending write(Path file, Header header, Consumer<EventSink> watcher, Run run)
      throws IOException {
    TraceWriter writer = TraceWriter.create(file, header);
    try {
      watcher.accept(writer.events());
      Cpu.Outcome outcome = run.into(writer.events());
      writer.close();
      return new Ending(outcome, writer.contentBytes());
    } finally {
      writer.abandon(); // without effect on a trace that was closed
    }
  }

  private static NewTrace of(
      Path file, TraceReader made, Optional<Divergence> divergence, Ending ending)
      throws IOException {
    Optional<String> waiting = waiting(ending.outcome());
    return new NewTrace(
        file,
        made.eventCount(),
        ending.contentBytes(),
        made.chunks().isEmpty() ? 0 : made.chunks().getLast().lastTimeNanos(),
        notFired(made),
        divergence,
        waiting.isPresent() ? waiting : wedged(made));
  }

  private static List<String> notFired(TraceReader trace) throws IOException {
    var left = new ArrayList<>(trace.header().faults());
    EventCursor events = trace.events(EventKinds.FAULT_FIRED::equals);
    while (events.next()) left.remove(((FaultFired) events.event()).fault());
    return left;
  }

  private static Optional<String> waiting(Cpu.Outcome outcome) {
    String waiting = String.join(", ", Replayed.waiting(outcome));
    return switch (outcome) {
      case Cpu.Outcome.Finished() -> Optional.empty();
      case Cpu.Outcome.Stuck _ ->
          Optional.of("nothing can happen any more, and these still wait: " + waiting);
      case Cpu.Outcome.Stopped _ -> Optional.of("the kernel stopped the machine: " + waiting);
      case Cpu.Outcome.TimeLimit _ ->
          Optional.of("at the end of their time these still wait: " + waiting);
    };
  }

  private static Optional<String> wedged(TraceReader trace) throws IOException {
    boolean wedged = false;
    EventCursor events = trace.events(EventKinds.WEDGED::equals);
    while (events.next()) wedged = ((Wedged) events.event()).wedged();
    return wedged ? Optional.of("the GPU is wedged") : Optional.empty();
  }
}
