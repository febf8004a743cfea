package dev.systole.replayer.golden;

import dev.systole.recorder.Machine;
import dev.systole.replayer.Levels;
import dev.systole.replayer.ReplayException;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trace, {@code NAME.systole}, and what was approved of it in files beside: {@code
 * NAME.timeline.txt}, {@code NAME.decode.txt} and, where something hung, {@code NAME.error}.
 */
public final class GoldenTrace {
  private static final String SUFFIX = ".systole";

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
    var findings = new ArrayList<>(checkReplay());
    if (!findings.isEmpty()) return findings;
    for (Map.Entry<Path, byte[]> output : outputs().entrySet()) {
      difference(output.getKey(), output.getValue()).ifPresent(findings::add);
    }
    return findings;
  }

  /** Replays the trace at every level that it holds; what {@link #check} says of that. */
  public List<String> checkReplay() throws IOException {
    try (TraceReader trace = TraceReader.open(file)) {
      List<String> findings = damages(trace);
      return findings.isEmpty() ? divergences(trace) : findings;
    }
  }

  /** The outputs as they are now, by the files of what was approved; empty: there is no file. */
  public Map<Path, byte[]> outputs() throws IOException {
    try (TraceReader trace = TraceReader.open(file)) {
      var outputs = new LinkedHashMap<Path, byte[]>();
      for (GoldenOutput output : GoldenOutput.values()) {
        outputs.put(file.resolveSibling(name() + output.suffix()), output.make(trace, name()));
      }
      return outputs;
    }
  }

  /**
   * Approves the trace as it is now: one that no longer replays is made again, if this version
   * knows how, and the outputs are written beside it.
   */
  public void accept() throws IOException {
    boolean stale = !replays();
    Header header;
    try (TraceReader trace = TraceReader.open(file)) {
      header = trace.header();
    }
    if (stale && Renewal.isPossible(header)) Renewal.renew(file, header);
    for (Map.Entry<Path, byte[]> output : outputs().entrySet()) {
      if (output.getValue().length > 0) Files.write(output.getKey(), output.getValue());
      else Files.deleteIfExists(output.getKey());
    }
  }

  /** One that this version cannot replay at all, because its events are others, does not. */
  private boolean replays() throws IOException {
    try {
      return checkReplay().isEmpty();
    } catch (ReplayException e) {
      return false;
    }
  }

  private static List<String> damages(TraceReader trace) throws IOException {
    return trace.verify().stream().map(damage -> "damaged " + damage).toList();
  }

  private static List<String> divergences(TraceReader trace) throws IOException {
    var found = new ArrayList<String>();
    for (String level : Levels.of(trace)) {
      Levels.replay(trace, level, Machine.NO_LIMIT)
          .divergence()
          .ifPresent(each -> found.add("level " + level + ": " + each.report().strip()));
    }
    return found;
  }

  private static Optional<String> difference(Path approved, byte[] found) throws IOException {
    byte[] expected = Files.exists(approved) ? Files.readAllBytes(approved) : GoldenOutput.NOTHING;
    if (Arrays.equals(expected, found)) return Optional.empty();
    return Optional.of(approved.getFileName() + ": " + LineDifference.of(expected, found));
  }
}
