package dev.systole.shell.verb;

import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.JsonLines;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.cli.Version;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code systole version}. */
@Command(
    name = "systole version",
    description = "Prints the version.",
    footer = "  systole version --format json")
public final class VersionVerb extends Verb {
  @Override
  protected int run() throws IOException {
    try (Output output = openOutput()) {
      if (json()) {
        try (var lines = new JsonLines(output.text())) {
          lines.value().writeStartObject();
          lines.value().writeStringField("version", Version.current());
          lines.value().writeEndObject();
          lines.endLine();
        }
      } else {
        output.text().println("systole " + Version.current());
      }
      output.finish();
    }
    return ExitCode.OK;
  }
}
