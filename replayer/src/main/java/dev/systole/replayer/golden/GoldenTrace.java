package dev.systole.replayer.golden;

import dev.systole.recorder.Machine;
import dev.systole.replayer.Levels;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A trace, {@code NAME.systole}, and what was approved of it in files beside: {@code
 * NAME.timeline.txt}, {@code NAME.decode.txt} and, where something hung, {@code NAME.error}.
 */
public final class GoldenTrace {
  private static final String SUFFIX = ".systole";

  /** No run of a golden trace takes longer, in virtual time. */
  private final Path file;

  /** The golden trace in that file. */
  public GoldenTrace(Path file) {
    this.file = file;
  }

  /** The golden traces of a folder, in the order of their names. */
  public static List<GoldenTrace> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(each -> each.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .map(GoldenTrace::new)
          .toList();
    }
  }

  /** The name of the trace without its suffix. */
  public String name() {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /**
   * Replays the trace at every level that it holds, and compares its outputs with what was
   * approved.
   *
   * @return what does not hold, in a few lines each; empty when all does
   */
  public List<String> check() throws IOException {
    try (TraceReader trace = TraceReader.open(file)) {
      List<String> findings = damages(trace);
      if (!findings.isEmpty()) return findings;
      findings = divergences(trace);
      for (GoldenOutput output : GoldenOutput.values()) {
        difference(output, trace).ifPresent(findings::add);
      }
      return findings;
    }
  }

  /**
   * Approves the trace as it is now: one that no longer replays is made again, if this version
   * knows how, and the outputs are written beside it.
   */
  public void accept() throws IOException {
    Header header;
    boolean stale;
    try (TraceReader trace = TraceReader.open(file)) {
      header = trace.header();
      stale = !damages(trace).isEmpty() || !divergences(trace).isEmpty();
    }
    if (stale && Renewal.isPossible(header)) Renewal.renew(file, header, Machine.NO_LIMIT);
    try (TraceReader trace = TraceReader.open(file)) {
      for (GoldenOutput output : GoldenOutput.values()) {
        byte[] made = output.make(trace, name());
        if (made.length > 0) Files.write(approved(output), made);
        else Files.deleteIfExists(approved(output));
      }
    }
  }

  private static List<String> damages(TraceReader trace) throws IOException {
    return trace.verify().stream().map(damage -> "damaged " + damage).toList();
  }

  private static List<String> divergences(TraceReader trace) throws IOException {
    var found = new ArrayList<String>();
    for (String level : Levels.of(trace)) {
      Levels.compare(trace, level, Machine.NO_LIMIT)
          .ifPresent(each -> found.add("level " + level + ": " + each.report().strip()));
    }
    return found;
  }

  private Optional<String> difference(GoldenOutput output, TraceReader trace) throws IOException {
    Path approved = approved(output);
    byte[] expected = Files.exists(approved) ? Files.readAllBytes(approved) : GoldenOutput.NOTHING;
    byte[] found = output.make(trace, name());
    if (Arrays.equals(expected, found)) return Optional.empty();
    return Optional.of(approved.getFileName() + ": " + LineDifference.of(expected, found));
  }

  private Path approved(GoldenOutput output) {
    return file.resolveSibling(name() + output.suffix());
  }
}
