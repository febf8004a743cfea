package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultSyntaxException;
import dev.systole.replayer.NewTrace;
import dev.systole.replayer.snapshot.TraceState;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
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
          + "\"report\"}; with faults {\"file\",\"events\",\"contentBytes\",\"virtualNanos\","
          + "\"faultsNotFired\",\"trouble\"}"
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
          "KIND[@ENGINE][:request=N][,command=N][,time=T]; 'systole list faults' lists the kinds.")
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
    FaultPlan plan = FaultPlan.of(faults.stream().map(ReplayVerb::parse).toList());
    try (TraceReader trace = TraceFiles.open(file, streams())) {
      TraceFiles.requireReplayable(trace, file);
      if (!faults.isEmpty()) return inject(trace, plan);
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
      if (json()) writeJson(comparison);
      else print(comparison);
      if (comparison.divergence().isPresent()) exitCode = ExitCode.DIFFERENT;
    }
    return exitCode;
  }

  private void print(Comparison comparison) {
    String how = "replayed " + file + " at level " + comparison.level() + ": ";
    streams()
        .out()
        .println(
            comparison
                .divergence()
                .map(divergence -> how + divergence.report().stripTrailing())
                .orElseGet(() -> how + "%,d events, identical".formatted(comparison.events())));
  }

  private void writeJson(Comparison comparison) throws IOException {
    try (var lines = new JsonLines(streams().out())) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("level", comparison.level());
      json.writeNumberField("events", comparison.events());
      json.writeBooleanField("identical", comparison.divergence().isEmpty());
      if (comparison.divergence().isPresent()) {
        json.writeNumberField("divergedAt", comparison.divergence().get().event());
        json.writeStringField("report", comparison.divergence().get().report());
      }
      json.writeEndObject();
      lines.endLine();
    }
  }

  private int inject(TraceReader trace, FaultPlan plan) throws IOException {
    String name = outputName() == null ? "the new trace" : outputName();
    try (NewFile newFile =
        outputName() == null ? NewFile.unnamed() : NewFile.named(outputName(), streams())) {
      NewTrace hung = inject(trace, plan, newFile.path());
      try (TraceReader made = TraceReader.open(newFile.path())) {
        leaveBehind(made, name);
      }
      newFile.publish();
      if (resultsGoToStandardOutput()) note(summary(hung, name));
      else if (json()) writeJson(hung);
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

  private void writeJson(NewTrace hung) throws IOException {
    try (var lines = new JsonLines(streams().out())) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("file", outputName());
      json.writeNumberField("events", hung.events());
      json.writeNumberField("contentBytes", hung.contentBytes());
      json.writeNumberField("virtualNanos", hung.virtualNanos());
      json.writeArrayFieldStart("faultsNotFired");
      for (String fault : hung.faultsNotFired()) json.writeString(fault);
      json.writeEndArray();
      json.writeStringField("trouble", hung.trouble().orElse(null));
      json.writeEndObject();
      lines.endLine();
    }
  }
}
