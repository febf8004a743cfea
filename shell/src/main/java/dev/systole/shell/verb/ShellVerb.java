package dev.systole.shell.verb;

import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Output;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.console.Console;
import dev.systole.shell.console.InteractiveSession;
import dev.systole.shell.console.Subject;
import dev.systole.shell.console.Subjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code systole shell}. */
@Command(
    name = "systole shell",
    description = {
      "Looks around in an error state or a trace.",
      "Commands come from the terminal, from -c, or from standard input; 'help' lists them."
    },
    footer = {
      "  systole shell error.txt",
      "  systole shell error.txt -c 'engines; regs rcs0 ACTHD'",
      "  systole shell error.txt < commands.txt"
    })
public final class ShellVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "An error state or a trace; - is standard input.")
  private String file;

  @Option(
      names = {"-c", "--commands"},
      paramLabel = "COMMANDS",
      description = "Run these commands, with ; between them, and leave.")
  private String commands;

  @Override
  protected int run() throws IOException {
    if (json()) {
      throw CommandException.usage(
          "the shell writes text; decode, diagnose and timeline write JSON");
    }
    Subject subject = Subjects.open(file, streams());
    try (Output output = openOutput()) {
      var console = new Console(subject, output.text());
      if (commands != null) console.execute(commands);
      else if (outputName() == null && streams().isInteractive()) {
        new InteractiveSession(console, streams()).run();
      } else runScript(console);
      output.finish();
    }
    return ExitCode.OK;
  }

  private void runScript(Console console) throws IOException {
    if (file.equals("-")) {
      throw CommandException.usage(
          "standard input cannot be both the file and the script; give the commands with -c");
    }
    var lines = new BufferedReader(new InputStreamReader(streams().in(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      console.execute(line);
    }
  }
}
