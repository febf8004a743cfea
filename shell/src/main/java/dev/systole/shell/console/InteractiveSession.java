package dev.systole.shell.console;

import dev.systole.shell.cli.Failures;
import dev.systole.shell.cli.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Takes the lines of a console from a terminal, with completion and history. */
public final class InteractiveSession {
  /** JLine asks the terminal what it can; one that does not answer must not hold us up. */
  private static final String PROBE_TIMEOUT_MILLIS = "100";

  private final Console console;
  private final Streams streams;

  public InteractiveSession(Console console, Streams streams) {
    this.console = console;
    this.streams = streams;
  }

  /** Runs until {@code quit} or Ctrl-D. */
  public void run() throws IOException {
    System.setProperty(TerminalBuilder.PROP_PROBE_TIMEOUT, PROBE_TIMEOUT_MILLIS);
    try (Terminal terminal = openTerminal()) {
      LineReader reader = openReader(terminal);
      console.out().println(console.subject().name() + ": 'help' lists the commands");
      console.out().flush();
      while (!console.done()) {
        try {
          execute(reader.readLine("systole> "));
        } catch (UserInterruptException e) {
          continue; // Ctrl-C at the prompt drops the line, as in every shell
        } catch (EndOfFileException e) {
          return;
        }
      }
    }
  }

  private void execute(String line) {
    try {
      console.execute(line);
    } catch (Exception e) {
      Failures.report(e, false, streams); // and the session goes on
    }
  }

  private static Terminal openTerminal() throws IOException {
    return TerminalBuilder.builder()
        .name("systole")
        .providers("jni,ffm,exec") // in the order of their start-up times
        .graphemeCluster(false)
        .dumb(true)
        .build();
  }

  private LineReader openReader(Terminal terminal) {
    LineReaderBuilder reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("systole")
            .completer(new CommandCompleter(console.subject()))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    Path history = historyFile();
    try {
      Files.createDirectories(history.getParent());
      reader.variable(LineReader.HISTORY_FILE, history);
    } catch (IOException e) {
      // nowhere to keep the history: it ends with the session
    }
    return reader.build();
  }

  /** Where the XDG base directory specification wants it. */
  private static Path historyFile() {
    String state = System.getenv("XDG_STATE_HOME");
    Path folder =
        state != null && state.startsWith("/")
            ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return folder.resolve("systole").resolve("history");
  }
}
