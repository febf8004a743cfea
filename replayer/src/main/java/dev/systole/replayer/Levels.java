package dev.systole.replayer;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.trace.Damage;
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

  /**
   * Why a trace cannot be replayed at all: it is damaged or unfinished, or of a machine that this
   * version does not have. Reads the whole trace.
   */
  public static Optional<String> obstacle(TraceReader trace) throws IOException {
    List<Damage> damage = trace.verify();
    if (!damage.isEmpty()) {
      return Optional.of("damaged, so it cannot be replayed: " + damage.getFirst());
    }
    if (!trace.finished()) return Optional.of("not finished, so it cannot be replayed");
    try {
      RecordedMachine.of(trace);
      return Optional.empty();
    } catch (ReplayException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The levels that the trace holds and this version knows, the highest first. */
  public static List<String> of(TraceReader trace) {
    return ALL.stream().filter(trace.header().levels()::contains).toList();
  }

  /**
   * Replays a trace at a level that it holds, up to the first difference.
   *
   * @param limitNanos virtual time at which the run ends at the latest
   */
  public static Replayed replay(TraceReader trace, String level, long limitNanos)
      throws IOException {
    return switch (level) {
      case APP -> Replayed.of(new AppReplay(trace).compare(limitNanos));
      case BUS -> {
        var replay = new BusReplay(trace, FaultPlan.none());
        Optional<Divergence> divergence = replay.run();
        yield new Replayed(divergence, replay.unfinished());
      }
      default -> throw new ReplayException("nobody can replay at level '" + level + "'");
    };
  }
}
