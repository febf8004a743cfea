package dev.systole.shell.verb;

import dev.systole.replayer.Levels;
import dev.systole.replayer.Replayed;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Suggestions;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.util.List;

/**
 * A trace compared with its re-execution.
 *
 * @param level what was executed again
 * @param events how many were compared
 * @param replayed how that ended
 */
record Comparison(String level, long events, Replayed replayed) {
  private static final String ALL = "all";

  /**
   * The levels that a user means.
   *
   * @param wanted a level, {@code all}, or null: the highest that the trace holds
   */
  static List<String> levels(TraceReader trace, String wanted) {
    List<String> held = Levels.of(trace);
    if (held.isEmpty())
      throw CommandException.usage("the trace holds no level that can be replayed");
    if (wanted == null) return held.subList(0, 1);
    if (wanted.equals(ALL)) return held;
    if (held.contains(wanted)) return List.of(wanted);
    throw CommandException.usage(
        Levels.ALL.contains(wanted)
            ? "the trace does not hold level " + wanted + "; it holds " + String.join(", ", held)
            : Suggestions.unknown("level", wanted, List.of(Levels.APP, Levels.BUS, ALL)));
  }

  /** In words. */
  String text() {
    if (replayed.divergence().isPresent()) {
      return replayed.divergence().get().report().stripTrailing();
    }
    String end =
        replayed.unfinished().isEmpty()
            ? ""
            : "; as recorded, these are not done at the end: "
                + String.join(", ", replayed.unfinished());
    return "%,d events, identical%s".formatted(events, end);
  }

  /** Runs the trace again at a level that it holds, up to the first difference. */
  static Comparison of(TraceReader trace, String level, long limitNanos) throws IOException {
    return new Comparison(level, trace.eventCount(), Levels.replay(trace, level, limitNanos));
  }
}
