package dev.systole.shell.console;

import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Suggestions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Runs lines of commands on a subject. */
public final class Console {
  private static final List<ConsoleCommand> COMMANDS =
      List.of(
          new HelpCommand(),
          new InfoCommand(),
          new EnginesCommand(),
          new RegsCommand(),
          new ExamineCommand(),
          new QuitCommand());

  private final Subject subject;
  private final PrintStream out;
  private boolean done;

  public Console(Subject subject, PrintStream out) {
    this.subject = subject;
    this.out = out;
  }

  /** Runs a line: commands with {@code ;} between them, {@code #} begins a comment. */
  public void execute(String line) throws IOException {
    for (String command : line.split("[;\n]")) {
      if (done) return;
      run(command.replaceFirst("#.*", "").strip());
    }
    out.flush();
  }

  /** Whether {@code quit} has been said. */
  boolean done() {
    return done;
  }

  void quit() {
    done = true;
  }

  Subject subject() {
    return subject;
  }

  PrintStream out() {
    return out;
  }

  static List<ConsoleCommand> commands() {
    return COMMANDS;
  }

  static ConsoleCommand command(String name) {
    return COMMANDS.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    Suggestions.unknown(
                        "command", name, COMMANDS.stream().map(ConsoleCommand::name).toList())));
  }

  private void run(String command) throws IOException {
    if (command.isEmpty()) return;
    List<String> words = Arrays.asList(command.split("\\s+"));
    command(words.getFirst()).run(new Arguments(words.subList(1, words.size())), this);
  }
}
