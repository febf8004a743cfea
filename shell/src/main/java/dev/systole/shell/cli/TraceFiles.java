package dev.systole.shell.cli;

import dev.systole.recorder.MachineConfig;
import dev.systole.trace.Damage;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
   * Refuses a trace that cannot be replayed: a damaged or unfinished one, or one of a machine that
   * this version does not have.
   *
   * @param name by which messages call it
   */
  public static void requireReplayable(TraceReader trace, String name) throws IOException {
    List<Damage> damage = trace.verify();
    if (!damage.isEmpty() || !trace.finished()) {
      String first = damage.isEmpty() ? "it was not finished" : damage.getFirst().toString();
      throw CommandException.unreadable(
          name
              + ": damaged, so it cannot be replayed: "
              + first
              + "; 'systole timeline' and 'systole shell' show what is left",
          null);
    }
    try {
      MachineConfig.of(trace.header());
    } catch (IllegalArgumentException e) {
      throw CommandException.unreadable(name + ": " + e.getMessage(), e);
    }
  }
}
