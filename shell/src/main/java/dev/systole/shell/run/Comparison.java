package dev.systole.shell.run;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.replayer.AppReplay;
import dev.systole.replayer.BusReplay;
import dev.systole.replayer.Divergence;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Suggestions;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A trace compared with its re-execution.
 *
 * @param level what was executed again
 * @param events how many were compared
 * @param divergence the first difference
 */
public record Comparison(String level, long events, Optional<Divergence> divergence) {
  private static final String APP = "app";
  private static final String BUS = "bus";
  private static final String ALL = "all";

  /** The levels that {@code wanted} means for this trace. */
  public static List<String> levels(TraceReader trace, String wanted) {
    List<String> held = trace.header().levels().stream().filter(List.of(APP, BUS)::contains).toList();
    if (wanted == null) return held.subList(0, 1);
    if (wanted.equals(ALL)) return held;
    if (held.contains(wanted)) return List.of(wanted);
    throw CommandException.usage(
        List.of(APP, BUS).contains(wanted)
            ? "the trace does not hold level " + wanted + "; it holds " + String.join(", ", held)
            : Suggestions.unknown("level", wanted, List.of(APP, BUS, ALL)));
  }

  /** Runs the trace again at a level that it holds, up to the first difference. */
  public static Comparison of(TraceReader trace, String level, long limitNanos)
      throws IOException {
    Optional<Divergence> divergence =
        level.equals(BUS)
            ? new BusReplay(trace, FaultPlan.none()).run()
            : app(trace, limitNanos);
    return new Comparison(level, trace.eventCount(), divergence);
  }

  private static Optional<Divergence> app(TraceReader trace, long limitNanos) throws IOException {
    return switch (new AppReplay(trace).compare(limitNanos)) {
      case AppReplay.Result.Identical _ -> Optional.empty();
      case AppReplay.Result.Different(Divergence divergence) -> Optional.of(divergence);
    };
  }
}
