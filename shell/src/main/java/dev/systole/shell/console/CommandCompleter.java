package dev.systole.shell.console;

import dev.systole.shell.cli.CommandException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the names of commands, and behind them what the command suggests. */
final class CommandCompleter implements Completer {
  private final Subject subject;

  CommandCompleter(Subject subject) {
    this.subject = subject;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    words(line).map(Candidate::new).forEach(candidates::add);
  }

  private Stream<String> words(ParsedLine line) {
    if (line.wordIndex() == 0) return Console.commands().stream().map(ConsoleCommand::name);
    try {
      return Console.command(line.words().getFirst()).candidates(subject.state()).stream();
    } catch (CommandException | IOException e) {
      return Stream.empty(); // an unknown command, or nothing to look into: nothing to suggest
    }
  }
}
