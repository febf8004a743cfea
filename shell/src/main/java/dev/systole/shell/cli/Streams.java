package dev.systole.shell.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
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
  public static Streams ofProcess() {
    var terminals = Arrays.asList(System.getProperty("systole.terminals", "").split(","));
    return new Streams(
        new BufferedInputStream(System.in),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminals.contains("in"),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  /** Whether somebody sits at the other end. */
  public boolean isInteractive() {
    return inIsTerminal && outIsTerminal;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES);
    return new PrintStream(buffered, false, StandardCharsets.UTF_8);
  }
}
