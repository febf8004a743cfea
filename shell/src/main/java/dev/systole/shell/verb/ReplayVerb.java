package dev.systole.shell.verb;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultSyntaxException;
import dev.systole.replayer.HardwareExperiment;
import dev.systole.replayer.Levels;
import dev.systole.replayer.NewTrace;
import dev.systole.replayer.RecordedFaults;
import dev.systole.replayer.snapshot.TraceState;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.NewFile;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Progress;
import dev.systole.shell.cli.TraceFiles;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.cli.Version;
import dev.systole.timeline.TextTimeline;
import dev.systole.timeline.TraceTimeline;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.HealthEvent.ErrorCaptured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole replay}. */
@Command(
    name = "systole replay",
    description = {
      "Runs a trace again. Without faults, everything that happens is compared with the trace; the"
          + " first difference ends the run with a report. With faults, the hardware misbehaves"
          + " where they say, and the run is recorded as a new trace, which replays by itself.",
      "",
      "JSON: an object a line for each level {\"level\",\"events\",\"identical\",\"divergedAt\","
          + "\"report\",\"unfinished\"}; with faults {\"file\",\"events\",\"contentBytes\",\"virtualNanos\","
          + "\"faultsNotFired\",\"trouble\"}, or at level bus {\"level\",\"identical\","
          + "\"faultsNotFired\",\"unfinished\",\"expected\"}"
    },
    footer = {
      "  systole replay two-apps.systole",
      "  systole replay two-apps.systole --inject loop@rcs0:request=3 \\",
      "      -o hung.systole --error-state hung.error --timeline hung.txt"
    })
public final class ReplayVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "A trace; - is standard input.")
  private String file;

  @Option(
      names = "--level",
      paramLabel = "app|bus|all",
      description =
          "What is executed again: the whole stack (app), or the hardware (bus); all: every level"
              + " that the trace holds (default: the highest).")
  private String level;

  @Option(
      names = {"-i", "--inject"},
      paramLabel = "FAULT",
      description =
          "KIND[@TARGET][:where][,option...], as in stop@rcs0:request=3,name=3DPRIMITIVE;"
              + " 'systole list faults' tells what each takes.")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--error-state",
      paramLabel = "FILE",
      description = "Where the error state goes that the driver captures.")
  private String errorState;

  @Option(names = "--timeline", paramLabel = "FILE", description = "Where the timeline goes.")
  private String timeline;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = VirtualTime.class,
      description =
          "End at this virtual time at the latest, as in 500ms (default: 90 s after the last thing"
              + " that an application did).")
  private long untilNanos = VirtualTime.NO_LIMIT;

  @Override
  protected int run() throws IOException {
    List<Fault> asked = faults.stream().map(ReplayVerb::parse).toList();
    try (TraceReader trace = TraceFiles.open(file, streams())) {
      TraceFiles.requireReplayable(trace, file);
      if (!asked.isEmpty()) return inject(trace, RecordedFaults.plan(trace, asked));
      if (outputName() != null) {
        throw CommandException.usage(
            "a replay without --inject makes the same trace again, so there is nothing for -o");
      }
      int exitCode = compare(trace);
      leaveBehind(trace, file);
      return exitCode;
    }
  }

  private static Fault parse(String fault) {
    try {
      return Fault.parse(fault);
    } catch (FaultSyntaxException e) {
      throw CommandException.usage(e.getMessage());
    }
  }

  private int compare(TraceReader trace) throws IOException {
    int exitCode = ExitCode.OK;
    for (String each : Comparison.levels(trace, level)) {
      Comparison comparison = Comparison.of(trace, each, untilNanos);
      if (json()) ReplayJson.write(comparison, streams().out());
      else print(comparison);
      if (comparison.replayed().divergence().isPresent()) exitCode = ExitCode.DIFFERENT;
    }
    return exitCode;
  }

  private void print(Comparison comparison) {
    String how = "replayed " + file + " at level " + comparison.level() + ": ";
    streams().out().println(how + comparison.text());
  }

  private int inject(TraceReader trace, FaultPlan plan) throws IOException {
    return switch (injectionLevel(trace)) {
      case Levels.APP -> hang(trace, plan);
      case Levels.BUS -> experiment(trace, plan);
      case String other -> throw CommandException.usage("no fault is injected at level " + other);
    };
  }

  private String injectionLevel(TraceReader trace) {
    List<String> levels = Comparison.levels(trace, level);
    if (levels.size() > 1) throw CommandException.usage("faults are injected at one level");
    return levels.getFirst();
  }

  /** At level bus: what becomes of the hardware when nobody helps it. */
  private int experiment(TraceReader trace, FaultPlan plan) throws IOException {
    if (outputName() != null || errorState != null || timeline != null) {
      throw CommandException.usage(
          "a fault at level bus leaves no trace, so there is nothing to write to a file");
    }
    HardwareExperiment result = HardwareExperiment.run(trace, plan);
    if (json()) ReplayJson.write(result, streams().out());
    else print(result);
    if (result.divergence().isPresent() || !result.faultsNotFired().isEmpty()) {
      return ExitCode.DIFFERENT;
    }
    return result.unfinished().equals(result.expected()) ? ExitCode.OK : ExitCode.STUCK;
  }

  private void print(HardwareExperiment result) {
    String how = "replayed %s at level bus with %s: ".formatted(file, String.join(" ", faults));
    if (result.divergence().isPresent()) {
      streams().out().println(how + result.divergence().get().report().stripTrailing());
      return;
    }
    result.faultsNotFired().forEach(fault -> note("fault " + fault + " never fired"));
    streams()
        .out()
        .println(
            "%sat the end %s; the trace expects %s"
                .formatted(how, engines(result.unfinished()), engines(result.expected())));
  }

  private static String engines(List<String> unfinished) {
    return unfinished.isEmpty()
        ? "every engine idle"
        : String.join(", ", unfinished) + " still under way";
  }

  private int hang(TraceReader trace, FaultPlan plan) throws IOException {
    String name = outputName() == null ? "the new trace" : outputName();
    try (NewFile newFile =
        outputName() == null ? NewFile.unnamed() : NewFile.named(outputName(), streams())) {
      NewTrace hung = inject(trace, plan, newFile.path());
      if (hung.divergence().isPresent()) {
        String report = hung.divergence().get().report().stripTrailing();
        note("before any fault fired, " + file + " " + report);
        return ExitCode.DIFFERENT;
      }
      try (TraceReader made = TraceReader.open(newFile.path())) {
        leaveBehind(made, name);
      }
      newFile.publish();
      if (resultsGoToStandardOutput()) note(summary(hung, name));
      else if (json()) ReplayJson.write(hung, outputName(), streams().out());
      else streams().out().println(summary(hung, name));
      hung.trouble().ifPresent(this::note);
      hung.faultsNotFired().forEach(fault -> note("fault " + fault + " never fired"));
      if (hung.trouble().isPresent()) return ExitCode.STUCK;
      return hung.faultsNotFired().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  private NewTrace inject(TraceReader trace, FaultPlan plan, Path newFile) throws IOException {
    try (Progress.Line line = progress().start()) {
      return NewTrace.inject(trace, plan, newFile, Version.current(), untilNanos, line::follow);
    }
  }

  private boolean resultsGoToStandardOutput() {
    return Stream.of(outputName(), errorState, timeline).anyMatch("-"::equals);
  }

  /** Writes what the options ask for. */
  private void leaveBehind(TraceReader trace, String name) throws IOException {
    if (timeline != null) {
      try (Output output = openOutput(timeline)) {
        output.text().print(TextTimeline.print(TraceTimeline.of(trace)));
        output.finish();
      }
    }
    if (errorState == null) return;
    Optional<ErrorCaptured> capture = TraceState.capture(trace);
    if (capture.isEmpty()) {
      note("nothing hung in " + name + ", so there is no error state; not written: " + errorState);
      return;
    }
    try (Output output = openOutput(errorState)) {
      output.text().writeBytes(capture.get().dump().toBytes());
      output.finish();
    }
  }

  private String summary(NewTrace hung, String name) {
    return String.format(
        "replayed %s with %s: %,d events in %.6f s of virtual time%s",
        file,
        String.join(" ", faults),
        hung.events(),
        hung.virtualNanos() / 1e9,
        outputName() == null ? "" : ", in " + name);
  }
}
