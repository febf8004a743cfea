package dev.systole.shell.cli;

import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import java.io.IOException;
import java.nio.file.Path;

/** Opens error states by the names that users give. */
public final class ErrorStateFile {
  private ErrorStateFile() {}

  /** Reads a file, or standard input for {@code -}; either may be gzipped. */
  public static ErrorState read(String name, Streams streams) throws IOException {
    return name.equals("-")
        ? ErrorStateReader.read(streams.in(), "standard input")
        : ErrorStateReader.read(Path.of(name));
  }
}
