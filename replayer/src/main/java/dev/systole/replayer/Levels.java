package dev.systole.replayer;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The levels at which a trace can be replayed, by their names. */
public final class Levels {
  /** The applications are fed, the whole stack is executed again. */
  public static final String APP = "app";

  /** Everything is fed that reaches the hardware, which alone is executed again. */
  public static final String BUS = "bus";

  /** All levels that this version knows, the highest first. */
  public static final List<String> ALL = List.of(APP, BUS);

  private Levels() {}

  /** The levels that the trace holds and this version knows, the highest first. */
  public static List<String> of(TraceReader trace) {
    return ALL.stream().filter(trace.header().levels()::contains).toList();
  }

  /**
   * Replays a trace at a level that it holds, up to the first difference.
   *
   * @param limitNanos virtual time at which the run ends at the latest
   */
  public static Optional<Divergence> compare(TraceReader trace, String level, long limitNanos)
      throws IOException {
    return switch (level) {
      case APP ->
          switch (new AppReplay(trace).compare(limitNanos)) {
            case AppReplay.Result.Identical _ -> Optional.empty();
            case AppReplay.Result.Different(Divergence divergence) -> Optional.of(divergence);
          };
      case BUS -> new BusReplay(trace, FaultPlan.none()).run();
      default -> throw new ReplayException("nobody can replay at level '" + level + "'");
    };
  }
}
