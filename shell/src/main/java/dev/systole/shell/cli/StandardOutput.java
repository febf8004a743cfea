package dev.systole.shell.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Standard output, which remembers why it failed: print streams only know that they did. */
public final class StandardOutput extends FilterOutputStream {
  private IOException failure;

  public StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Why not everything was written. A reader who has left ({@code systole … | head}) has seen
   * enough and is no failure.
   */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure)
        .filter(
            e ->
                e.getMessage() == null
                    || !e.getMessage().toLowerCase(Locale.ROOT).contains("broken pipe"))
        .map(e -> new IOException("standard output: " + e.getMessage(), e));
  }
}
