package dev.systole.shell;

import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.ExitCode;
import dev.systole.shell.cli.Failures;
import dev.systole.shell.cli.StandardOutput;
import dev.systole.shell.cli.Streams;
import dev.systole.shell.cli.Suggestions;
import dev.systole.shell.cli.Verb;
import dev.systole.shell.cli.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The program: {@code systole VERB [options] [files]}. */
public final class Main {
  private final Streams streams;

  Main(Streams streams) {
    this.streams = streams;
  }

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers are written alike everywhere
    var standardOutput = new StandardOutput();
    Streams streams = Streams.ofProcess(standardOutput);
    int exitCode = new Main(streams).run(args);
    Optional<IOException> failure = standardOutput.failure();
    System.exit(failure.isEmpty() ? exitCode : Failures.report(failure.get(), false, streams));
  }

  /** Runs one command and returns its exit code; nothing is thrown. */
  int run(String... args) {
    try {
      return dispatch(args);
    } catch (CommandException e) {
      return Failures.report(e, false, streams);
    } finally {
      streams.out().flush();
      streams.err().flush();
    }
  }

  private int dispatch(String[] args) {
    if (args.length == 0) {
      printHelp(streams.err());
      return ExitCode.USAGE;
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (args[0]) {
      case "-V", "--version" -> {
        streams.out().println("systole " + Version.current());
        yield ExitCode.OK;
      }
      case "-h", "--help", "help" -> help(rest);
      default -> execute(find(args[0]), rest);
    };
  }

  private int help(String[] verbs) {
    if (verbs.length > 0) return execute(find(verbs[0]), "--help");
    printHelp(streams.out());
    return ExitCode.OK;
  }

  private static Verbs find(String name) {
    return Verbs.named(name)
        .orElseThrow(
            () ->
                CommandException.usage(
                    Suggestions.unknown(
                            name.startsWith("-") ? "option" : "verb", name, Verbs.names())
                        + " ('systole help' explains them)"));
  }

  private int execute(Verbs entry, String... args) {
    Verb verb = entry.create();
    verb.attach(streams);
    var ansi = streams.outIsTerminal() ? Ansi.AUTO : Ansi.OFF;
    CommandLine commandLine =
        new CommandLine(verb)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
            .setOut(writer(streams.out()))
            .setErr(writer(streams.err()))
            .setParameterExceptionHandler((e, _) -> reportUsage(entry, e))
            .setExecutionExceptionHandler((e, _, _) -> Failures.report(e, verb.verbose(), streams));
    try {
      return commandLine.execute(args);
    } catch (Error e) { // picocli handles exceptions, but neither exhaustion nor assertions
      return Failures.report(e, verb.verbose(), streams);
    }
  }

  private int reportUsage(Verbs entry, CommandLine.ParameterException e) {
    String hint = "; 'systole help " + entry.verbName() + "' explains";
    return Failures.report(CommandException.usage(e.getMessage() + hint), false, streams);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static void printHelp(PrintStream out) {
    out.println("Usage: systole VERB [options] [files]");
    out.println();
    out.println("A flight recorder and crash laboratory for GPU drivers.");
    out.println();
    for (Verbs verb : Verbs.values()) {
      out.printf("  %-10s %s%n", verb.verbName(), verb.summary());
    }
    out.println();
    out.println("'systole help VERB' explains a verb; 'systole --version' prints the version, and");
    out.println("'systole --java-home' the Java that runs it.");
    out.println("Files may be gzipped; - is standard input or output.");
  }
}
