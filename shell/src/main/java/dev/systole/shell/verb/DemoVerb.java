package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.decoder.Decoder;
import dev.systole.decoder.diagnosis.Diagnosis;
import dev.systole.decoder.diagnosis.DiagnosisText;
import dev.systole.decoder.diagnosis.EngineDiagnosis;
import dev.systole.errorstate.ErrorState;
import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.replayer.Divergence;
import dev.systole.replayer.NewTrace;
import dev.systole.replayer.snapshot.TraceState;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
import dev.systole.shell.cli.Progress;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.cli.Version;
import dev.systole.timeline.TextTimeline;
import dev.systole.timeline.TraceTimeline;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.HealthEvent.ErrorCaptured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code systole demo}. */
@Command(
    name = "systole demo",
    description = {
      "Records a workload, replays it, makes the GPU hang in another, and explains what is left:"
          + " timeline, diagnosis and files, in the folder that -o names (default: demo-out).",
      "",
      "JSON: {\"folder\",\"recordedEvents\",\"identical\",\"hungEvents\",\"hungEngines\"}"
    },
    footer = "  systole demo -o /tmp/demo")
public final class DemoVerb extends Verb {
  private static final String FAULT = "loop@rcs0:request=3";
  private static final long SEED = 1;
  private static final long LIMIT_NANOS = VirtualTime.NO_LIMIT;

  private Path folder;

  @Override
  protected int run() throws IOException {
    folder = Path.of(outputName() == null ? "demo-out" : outputName());
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CommandException.usage(folder + " is a file; name a folder");
    }
    Files.createDirectories(folder);

    NewTrace triangle = record("triangle");
    Comparison comparison = replay(triangle);
    if (comparison.replayed().divergence().isPresent()) return ExitCode.DIFFERENT;
    NewTrace hung = hang(record("two-apps"));
    Diagnosis diagnosis = explain(hung);
    tellWhatIsLeft();
    if (json()) writeJson(triangle, comparison, hung, diagnosis);
    return hung.trouble().isPresent() ? ExitCode.STUCK : ExitCode.OK;
  }

  private NewTrace record(String name) throws IOException {
    Workload workload = Workloads.byName(name).orElseThrow();
    step("Recording " + name + ": " + workload.summary() + ".");
    var recorder = new Recorder(workload, Map.of(), Platform.TGL, SEED);
    Path file = folder.resolve(name + ".systole");
    NewTrace trace;
    try (Progress.Line line = progress().start()) {
      trace = NewTrace.record(recorder, file, Version.current(), LIMIT_NANOS, line::follow);
    }
    say("  " + amount(trace));
    return trace;
  }

  private Comparison replay(NewTrace recorded) throws IOException {
    step("Replaying it: the applications' calls come from the trace, everything else runs again.");
    try (TraceReader trace = TraceReader.open(recorded.file())) {
      String level = Comparison.levels(trace, null).getFirst();
      Comparison comparison = Comparison.of(trace, level, LIMIT_NANOS);
      say(
          comparison
              .replayed()
              .divergence()
              .map(Divergence::report)
              .orElseGet(() -> "  %,d events, identical".formatted(comparison.events())));
      return comparison;
    }
  }

  private NewTrace hang(NewTrace recorded) throws IOException {
    step("Replaying it with the fault " + FAULT + ": the third batch of rcs0 loops for ever.");
    var faults = FaultPlan.of(List.of(Fault.parse(FAULT)));
    Path file = folder.resolve("hung.systole");
    NewTrace hung;
    try (TraceReader trace = TraceReader.open(recorded.file());
        Progress.Line line = progress().start()) {
      hung = NewTrace.inject(trace, faults, file, Version.current(), LIMIT_NANOS, line::follow);
    }
    say("  " + amount(hung));
    hung.trouble().ifPresent(trouble -> say("  " + trouble));
    return hung;
  }

  private Diagnosis explain(NewTrace hung) throws IOException {
    try (TraceReader trace = TraceReader.open(hung.file())) {
      String timeline = TextTimeline.print(TraceTimeline.of(trace));
      Files.writeString(folder.resolve("hung-timeline.txt"), timeline);
      ErrorCaptured capture =
          TraceState.capture(trace)
              .orElseThrow(() -> new IllegalStateException("the hang left no error state"));
      Files.write(folder.resolve("hung.error"), capture.dump().toBytes());
      step("What happened, and when:");
      say(timeline.stripTrailing());
      ErrorState state = TraceState.of(trace, hung.file().toString());
      Diagnosis diagnosis = Diagnosis.of(Decoder.gen12().decode(state));
      step("Why, as the error state tells it that the driver captured:");
      var text = new StringBuilder();
      DiagnosisText.write(diagnosis, text);
      text.toString().lines().limit(diagnosis.hung().size()).forEach(this::say);
      return diagnosis;
    }
  }

  private void tellWhatIsLeft() {
    step("Left in " + folder + ":");
    say("  triangle.systole two-apps.systole  the recorded traces");
    say("  hung.systole                       the run with the hang, which replays by itself");
    say("  hung.error                         the error state, as Linux would write it");
    say("  hung-timeline.txt                  the timeline");
    step("Try next:");
    say("  ./systole shell " + folder.resolve("hung.systole"));
    say("  ./systole decode " + folder.resolve("hung.error"));
    say("  ./systole replay " + folder.resolve("hung.systole") + " --level all");
  }

  private static String amount(NewTrace trace) {
    return String.format(
        "%,d events in %.3f s of virtual time, %,d bytes: %s",
        trace.events(), trace.virtualNanos() / 1e9, trace.contentBytes(), trace.file());
  }

  private void step(String title) {
    say("");
    say(title);
  }

  private void say(String text) {
    if (json()) return;
    streams().out().println(text);
    streams().out().flush();
  }

  private void writeJson(
      NewTrace triangle, Comparison comparison, NewTrace hung, Diagnosis diagnosis)
      throws IOException {
    try (var lines = new JsonLines(streams().out())) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("folder", folder.toString());
      json.writeNumberField("recordedEvents", triangle.events());
      json.writeBooleanField("identical", comparison.replayed().divergence().isEmpty());
      json.writeNumberField("hungEvents", hung.events());
      json.writeArrayFieldStart("hungEngines");
      for (EngineDiagnosis engine : diagnosis.hung()) json.writeString(engine.engine());
      json.writeEndArray();
      json.writeEndObject();
      lines.endLine();
    }
  }
}
