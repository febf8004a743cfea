package dev.systole.shell.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a verb reads and writes: results go to {@code out}, everything else to {@code err}. Text is
 * UTF-8 whatever the locale, since what is written is read by programs, too.
 *
 * @param in supports {@link InputStream#mark}, so that a verb can look at what it is given
 */
public record Streams(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The streams of this process; the launcher says which of them are terminals. */
  public static Streams ofProcess(StandardOutput standardOutput) {
    var terminals = Arrays.asList(System.getProperty("systole.terminals", "").split(","));
    return new Streams(
        new BufferedInputStream(System.in),
        utf8(standardOutput),
        utf8(new FileOutputStream(FileDescriptor.err)),
        terminals.contains("in"),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  /** Whether somebody sits at the other end. */
  public boolean isInteractive() {
    return inIsTerminal && outIsTerminal;
  }

  private static PrintStream utf8(OutputStream stream) {
    var buffered = new BufferedOutputStream(stream, BUFFER_BYTES);
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }
}
