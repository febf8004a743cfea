package dev.systole.shell.console;

import dev.systole.shell.cli.ErrorStateFile;
import dev.systole.shell.cli.Streams;
import java.io.IOException;
import java.nio.file.Path;

/** Opens what the user names, whatever kind of file it is. */
public final class Subjects {
  private Subjects() {}

  /** Opens a file, or standard input for {@code -}. */
  public static Subject open(String file, Streams streams) throws IOException {
    String name = file.equals("-") ? "standard input" : Path.of(file).getFileName().toString();
    return new ErrorStateSubject(name, ErrorStateFile.read(file, streams));
  }
}
