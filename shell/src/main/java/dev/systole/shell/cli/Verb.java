package dev.systole.shell.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A verb of the command line: the options that all of them have, and their streams. */
@Command(
    usageHelpAutoWidth = true,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    footerHeading = "%nExamples:%n",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n")
public abstract class Verb implements Callable<Integer> {
  /** How a result is written: for people, or for programs. */
  public enum Format {
    TEXT,
    JSON
  }

  /** When text is coloured. */
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      order = 100,
      description = "How the result is written (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      order = 101,
      description = "Where the result goes; - is standard output.")
  private String output;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      order = 102,
      description = "When text is coloured (default: auto, on terminals unless NO_COLOR is set).")
  private Color color = Color.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      order = 103,
      description = "Say nothing but results and errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      order = 104,
      description = "Say more; errors come with their stack trace.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      order = 105,
      usageHelp = true,
      description = "Explain this verb.")
  private boolean help;

  private Streams streams;

  /** Does it, on these streams, and returns the exit code. */
  protected abstract int run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    return run();
  }

  /** Says where to read and write; once, before {@link #call}. */
  public final void attach(Streams streams) {
    this.streams = streams;
  }

  public final boolean verbose() {
    return verbose;
  }

  protected final Streams streams() {
    return streams;
  }

  protected final boolean json() {
    return format == Format.JSON;
  }

  /** The name after {@code -o}, or null. */
  protected final String outputName() {
    return output;
  }

  /** Where the result goes: what {@code -o} names, or standard output. */
  protected final Output openOutput() throws IOException {
    return openOutput(output == null ? "-" : output);
  }

  /** A further result, by the name that an option gives it. */
  protected final Output openOutput(String name) throws IOException {
    return Output.open(name, colored(name) && !json(), streams);
  }

  /** Tells a terminal how far a long run is, unless {@code -q} forbids it. */
  protected final Progress progress() {
    return new Progress(streams.err(), streams.errIsTerminal() && !quiet);
  }

  /** A remark on standard error, unless {@code -q} forbids it. */
  protected final void note(String remark) {
    if (quiet) return;
    streams.err().println("systole: " + remark);
    streams.err().flush();
  }

  private boolean colored(String name) {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> name.equals("-") && autoColor();
    };
  }

  private boolean autoColor() {
    String noColor = System.getenv("NO_COLOR");
    return streams.outIsTerminal()
        && (noColor == null || noColor.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }
}
