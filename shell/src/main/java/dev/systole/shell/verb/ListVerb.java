package dev.systole.shell.verb;

import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Suggestions;
import dev.systole.shell.cli.Verb;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code systole list}. */
@Command(
    name = "systole list",
    description = "Lists what there is.",
    footer = {"  systole list commands", "  systole list registers --format json"})
public final class ListVerb extends Verb {
  @Parameters(
      paramLabel = "WHAT",
      description = "One of: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Listings.Names.class)
  private String what;

  @Override
  protected int run() throws IOException {
    Listing listing =
        Listings.named(what)
            .orElseThrow(
                () -> CommandException.usage(Suggestions.unknown("list", what, Listings.names())));
    try (Output output = openOutput()) {
      if (json()) listing.writeJson(output.text());
      else listing.print(output.text());
      output.finish();
    }
    return ExitCode.OK;
  }
}
