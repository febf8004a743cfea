package dev.systole.shell.cli;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A verb's result: standard output, or a file that appears only when the result is whole. Close it
 * without {@link #finish} and the file is as it was before.
 */
public final class Output implements Closeable {
  private final PrintStream stream;
  private final TemporaryFile file;

  private Output(PrintStream stream, TemporaryFile file) {
    this.stream = stream;
    this.file = file;
  }

  /**
   * Opens it.
   *
   * @param name {@code -} is standard output, anything else a file
   * @param highlight whether lines about the hang are coloured
   */
  static Output open(String name, boolean highlight, Streams streams) throws IOException {
    if (name.equals("-")) return new Output(text(streams.out(), highlight), null);
    TemporaryFile file = TemporaryFile.of(Path.of(name));
    var buffered = new BufferedOutputStream(Files.newOutputStream(file.path()));
    return new Output(text(buffered, highlight), file);
  }

  private static PrintStream text(OutputStream stream, boolean highlight) {
    if (!highlight && stream instanceof PrintStream text) return text;
    OutputStream colored = highlight ? new HangHighlighter(stream) : stream;
    return new PrintStream(colored, false, StandardCharsets.UTF_8);
  }

  /** Text in UTF-8; lines end with a line feed. */
  public PrintStream text() {
    return stream;
  }

  /** The result is whole. Whether standard output took it is seen when the program ends. */
  public void finish() throws IOException {
    boolean failed = stream.checkError();
    if (file == null) return;
    stream.close();
    if (failed) throw new IOException(file.path() + ": cannot be written; is the disk full?");
    file.commit();
  }

  @Override
  public void close() {
    if (file == null) return;
    stream.close();
    file.close();
  }
}
