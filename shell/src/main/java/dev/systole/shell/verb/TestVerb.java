package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.replayer.golden.GoldenTrace;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole test}. */
@Command(
    name = "systole test",
    description = {
      "Replays golden traces at every level that they hold, and compares what follows from them with"
          + " the approved files beside them: NAME.timeline.txt, NAME.decode.txt, NAME.error.",
      "",
      "JSON: an object a line for each trace: {\"trace\",\"passed\",\"findings\"}"
    },
    footer = {"  systole test sample-traces", "  systole test sample-traces --accept"})
public final class TestVerb extends Verb {
  @Parameters(
      paramLabel = "FILE|FOLDER",
      arity = "1..*",
      description = "Traces, or folders with *.systole in them.")
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--accept",
      description = "Approve the outputs as they are now, rather than compare them.")
  private boolean accept;

  @Override
  protected int run() throws IOException {
    boolean passed = true;
    try (Output output = openOutput();
        var lines = new JsonLines(output.text())) {
      for (GoldenTrace trace : traces()) {
        if (accept) trace.accept();
        List<String> findings = trace.check();
        passed &= findings.isEmpty();
        if (json()) write(trace, findings, lines);
        else print(trace, findings, output);
      }
      output.finish();
    }
    return passed ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  private List<GoldenTrace> traces() throws IOException {
    var traces = new ArrayList<GoldenTrace>();
    for (Path place : places) {
      List<GoldenTrace> found =
          Files.isDirectory(place) ? GoldenTrace.in(place) : List.of(new GoldenTrace(place));
      if (found.isEmpty()) throw CommandException.usage(place + " holds no *.systole");
      traces.addAll(found);
    }
    return traces;
  }

  private void print(GoldenTrace trace, List<String> findings, Output output) {
    String verdict = accept ? "accepted" : findings.isEmpty() ? "ok" : "DIFFERS";
    output.text().printf("%-10s %s\n", verdict, trace.name());
    for (String finding : findings) {
      output.text().print(finding.indent(2));
    }
  }

  private static void write(GoldenTrace trace, List<String> findings, JsonLines lines)
      throws IOException {
    JsonGenerator json = lines.value();
    json.writeStartObject();
    json.writeStringField("trace", trace.name());
    json.writeBooleanField("passed", findings.isEmpty());
    json.writeArrayFieldStart("findings");
    for (String finding : findings) json.writeString(finding);
    json.writeEndArray();
    json.writeEndObject();
    lines.endLine();
  }
}
