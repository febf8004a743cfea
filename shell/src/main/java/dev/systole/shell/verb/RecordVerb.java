package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.gpu.platform.Architecture;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.Recorder;
import dev.systole.recorder.workload.Workload;
import dev.systole.recorder.workload.Workloads;
import dev.systole.replayer.NewTrace;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
import dev.systole.shell.cli.NewFile;
import dev.systole.shell.cli.Progress;
import dev.systole.shell.cli.Suggestions;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.cli.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole record}. */
@Command(
    name = "systole record",
    description = {
      "Runs a workload on the simulated GPU and driver stack, and records everything that passes"
          + " their doors into the trace that -o names (default: WORKLOAD.systole).",
      "",
      "JSON: {\"workload\",\"file\",\"events\",\"contentBytes\",\"virtualNanos\",\"trouble\"}"
    },
    footer = {
      "  systole record triangle -o triangle.systole",
      "  systole record two-apps --seed 7 -a frames=100 -o long.systole"
    })
public final class RecordVerb extends Verb {
  @Parameters(
      paramLabel = "WORKLOAD",
      description = "What to run; 'systole list workloads' lists them.")
  private String workload;

  @Option(
      names = {"-a", "--argument"},
      paramLabel = "NAME=VALUE",
      description = "An argument of the workload.")
  private Map<String, String> arguments = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random (default: 1).")
  private long seed = 1;

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description = "The GPU (default: tgl); 'systole list platforms' lists them.")
  private String platform = "tgl";

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
    var recorder = new Recorder(findWorkload(), arguments, findPlatform(), seed);
    String name = outputName() == null ? workload + ".systole" : outputName();
    try (NewFile file = NewFile.named(name, streams())) {
      NewTrace trace = record(recorder, file.path());
      file.publish();
      if (name.equals("-")) note(summary(trace, name));
      else if (json()) writeJson(trace, name);
      else streams().out().println(summary(trace, name));
      trace.trouble().ifPresent(this::note);
      return trace.trouble().isPresent() ? ExitCode.STUCK : ExitCode.OK;
    }
  }

  private NewTrace record(Recorder recorder, Path file) throws IOException {
    try (Progress.Line line = progress().start()) {
      return NewTrace.record(recorder, file, Version.current(), untilNanos, line::follow);
    }
  }

  private String summary(NewTrace trace, String name) {
    return String.format(
        Locale.ROOT,
        "recorded %s: %,d events in %.6f s of virtual time, %,d bytes (%.2f per event), written to %s",
        workload,
        trace.events(),
        trace.virtualNanos() / 1e9,
        trace.contentBytes(),
        (double) trace.contentBytes() / Math.max(1, trace.events()),
        name.equals("-") ? "standard output" : name);
  }

  private void writeJson(NewTrace trace, String name) throws IOException {
    try (var lines = new JsonLines(streams().out())) {
      JsonGenerator json = lines.value();
      json.writeStartObject();
      json.writeStringField("workload", workload);
      json.writeStringField("file", name);
      json.writeNumberField("events", trace.events());
      json.writeNumberField("contentBytes", trace.contentBytes());
      json.writeNumberField("virtualNanos", trace.virtualNanos());
      json.writeStringField("trouble", trace.trouble().orElse(null));
      json.writeEndObject();
      lines.endLine();
    }
  }

  private Workload findWorkload() {
    Workload found =
        Workloads.byName(workload)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        Suggestions.unknown(
                            "workload",
                            workload,
                            Workloads.all().stream().map(Workload::name).toList())));
    List<String> known = found.arguments().stream().map(Workload.Argument::name).toList();
    for (String name : arguments.keySet()) {
      if (known.contains(name)) continue;
      throw CommandException.usage(Suggestions.unknown("argument of " + workload, name, known));
    }
    try {
      found.arguments().forEach(argument -> argument.in(arguments));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage());
    }
    return found;
  }

  private Platform findPlatform() {
    Platform found =
        Platform.byName(platform)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        Suggestions.unknown(
                            "platform",
                            platform,
                            Platform.all().stream().map(Platform::name).toList())));
    if (found.architecture() != Architecture.XE_LP) {
      throw CommandException.usage(
          "nothing drives '" + platform + "': the driver stack is of Tiger Lake; try tgl");
    }
    return found;
  }
}
