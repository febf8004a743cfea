package dev.systole.shell.cli;

import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;

/** Opens traces by the names that users give. */
public final class TraceFiles {
  private TraceFiles() {}

  /** Opens a file, or standard input for {@code -}; either may be gzipped. */
  public static TraceReader open(String name, Streams streams) throws IOException {
    return name.equals("-")
        ? TraceReader.read("standard input", streams.in())
        : TraceReader.open(Path.of(name));
  }
}
