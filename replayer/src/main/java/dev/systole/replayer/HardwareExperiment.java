package dev.systole.replayer;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What became of the hardware alone when further faults hit it. What the driver did is fed as it
 * was recorded, so nothing recovers.
 *
 * @param faultsNotFired faults that never came to their place
 * @param divergence the first difference from the trace before one of them fired
 * @param unfinished what engines were still at in the end
 * @param expected what the trace's own run leaves them at
 */
public record HardwareExperiment(
    List<String> faultsNotFired,
    Optional<Divergence> divergence,
    List<String> unfinished,
    List<String> expected) {
  public HardwareExperiment {
    faultsNotFired = List.copyOf(faultsNotFired);
    unfinished = List.copyOf(unfinished);
    expected = List.copyOf(expected);
  }

  /** Feeds the whole trace, which must hold the level {@code bus}. */
  public static HardwareExperiment run(TraceReader trace, FaultPlan faults) throws IOException {
    var alone = new BusReplay(trace, FaultPlan.none());
    Optional<Divergence> divergence = alone.run();
    var hit = new BusReplay(trace, faults);
    if (divergence.isEmpty()) divergence = hit.run();
    return new HardwareExperiment(
        hit.faultsNotFired(), divergence, hit.unfinished(), alone.unfinished());
  }
}
