package dev.systole.shell.cli;

import dev.systole.replayer.Levels;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens traces by the names that users give. */
public final class TraceFiles {
  private TraceFiles() {}

  /** Opens a file, or standard input for {@code -}; either may be gzipped. */
  public static TraceReader open(String name, Streams streams) throws IOException {
    return name.equals("-")
        ? TraceReader.read("standard input", streams.in())
        : TraceReader.open(Path.of(name));
  }

  /**
   * Refuses a trace that cannot be replayed.
   *
   * @param name by which messages call it
   */
  public static void requireReplayable(TraceReader trace, String name) throws IOException {
    Optional<String> obstacle = Levels.obstacle(trace);
    if (obstacle.isEmpty()) return;
    String left = "'systole timeline' and 'systole shell' show what is left";
    throw CommandException.unreadable(name + ": " + obstacle.get() + "; " + left, null);
  }
}
