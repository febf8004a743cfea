package dev.systole.shell.console;

import dev.systole.errorstate.text.ErrorStateReader;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Streams;
import dev.systole.trace.TraceReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens what the user names, whatever kind of file it is. */
public final class Subjects {
  /** How every trace begins (docs/trace-format.md). */
  private static final byte[] TRACE_MAGIC = {(byte) 0x89, 'S', 'Y', 'S'};

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  /** Enough for the header of a gzip file and a few bytes of content. */
  private static final int PEEK_BYTES = 1 << 16;

  private Subjects() {}

  /** Opens an error state or a trace, gzipped or not, or standard input for {@code -}. */
  public static Subject open(String file, Streams streams) throws IOException {
    if (file.equals("-")) return read("standard input", streams.in());
    Path path = Path.of(file);
    if (Files.isDirectory(path)) throw CommandException.usage(file + " is a folder; name a file");
    try (var in = new BufferedInputStream(Files.newInputStream(path))) {
      if (!isTrace(in)) return read(file, in);
    }
    return new TraceSubject(path.getFileName().toString(), TraceReader.open(path));
  }

  private static Subject read(String name, InputStream in) throws IOException {
    return isTrace(in)
        ? new TraceSubject(name, TraceReader.read(name, in))
        : new ErrorStateSubject(name, ErrorStateReader.read(in, name));
  }

  /** Looks at the first bytes, inflated if need be, and puts them back. */
  private static boolean isTrace(InputStream in) throws IOException {
    in.mark(PEEK_BYTES);
    byte[] head = in.readNBytes(TRACE_MAGIC.length);
    in.reset();
    if (Arrays.equals(head, TRACE_MAGIC)) return true;
    if (!Arrays.equals(Arrays.copyOf(head, GZIP_MAGIC.length), GZIP_MAGIC)) return false;
    try {
      return Arrays.equals(new GZIPInputStream(in).readNBytes(TRACE_MAGIC.length), TRACE_MAGIC);
    } catch (ZipException | java.io.EOFException e) {
      return false; // a damaged gzip file: the reader of error states says what is wrong with it
    } finally {
      in.reset();
    }
  }
}
