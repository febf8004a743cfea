package dev.systole.shell.verb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.console.Subject;
import dev.systole.shell.console.Subjects;
import dev.systole.timeline.TextTimeline;
import dev.systole.timeline.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code systole timeline}. */
@Command(
    name = "systole timeline",
    description = {
      "Prints what happened when: requests, heartbeats, timeouts, captures, resets.",
      "",
      "JSON: an object a line for each row: {\"event\",\"timeNanos\",\"lane\",\"text\"}"
    },
    footer = {"  systole timeline hung.systole", "  systole timeline error.txt"})
public final class TimelineVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "An error state or a trace; - is standard input.")
  private String file;

  @Override
  protected int run() throws IOException {
    Subject subject = Subjects.open(file, streams());
    Timeline timeline = subject.timeline();
    try (Output output = openOutput()) {
      if (json()) writeJson(timeline, output.text());
      else output.text().print(TextTimeline.print(timeline));
      output.finish();
    }
    subject.damages().forEach(damage -> note(file + ": " + damage));
    return ExitCode.OK;
  }

  private static void writeJson(Timeline timeline, OutputStream out) throws IOException {
    try (var lines = new JsonLines(out)) {
      JsonGenerator json = lines.value();
      for (Timeline.Row row : timeline.rows()) {
        json.writeStartObject();
        json.writeNumberField("event", row.event());
        json.writeNumberField("timeNanos", row.timeNanos());
        json.writeStringField("lane", row.lane());
        json.writeStringField("text", row.text());
        json.writeEndObject();
        lines.endLine();
      }
    }
  }
}
