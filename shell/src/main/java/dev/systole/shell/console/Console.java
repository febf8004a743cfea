package dev.systole.shell.console;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.Decoding;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Suggestions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs lines of commands on a subject. */
public final class Console {
  private static final List<ConsoleCommand> COMMANDS =
      List.of(
          new HelpCommand(),
          new InfoCommand(),
          new EnginesCommand(),
          new RegsCommand(),
          new RingCommand(),
          new BatchCommand(),
          new DecodeCommand(),
          new ExamineCommand(),
          new DiagnoseCommand(),
          new TimelineCommand(),
          new QuitCommand());

  private final Subject subject;
  private final PrintStream out;
  private Decoding decoding;
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

  /** The engine that the next word names; else the one worth looking at first. */
  EngineStream engine(Arguments arguments) throws IOException {
    return enginesToAsk(arguments).getFirst();
  }

  /**
   * Where to look for an address: in the engine that the next word names; else in all, the one
   * worth looking at first before the others.
   */
  List<EngineStream> enginesToAsk(Arguments arguments) throws IOException {
    List<EngineStream> engines = decoding().engines();
    Optional<EngineStream> named = arguments.nextIf(engines, EngineStream::name);
    if (named.isPresent()) return List.of(named.get());
    if (engines.isEmpty()) throw CommandException.usage("this dump has no engine that is known");
    return engines.stream().sorted(Comparator.comparing(engine -> !engine.state().hung())).toList();
  }

  /** The subject, decoded. */
  Decoding decoding() throws IOException {
    if (decoding == null) decoding = Decoder.gen12().decode(subject.state());
    return decoding;
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
