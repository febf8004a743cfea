package dev.systole.recorder;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.recorder.workload.Workload;
import dev.systole.trace.EventSink;
import dev.systole.trace.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a workload on a new machine and records everything that passes its doors.
 *
 * @param arguments of the workload; those that are missing have their defaults
 */
public record Recorder(
    Workload workload, Map<String, String> arguments, Platform platform, long seed) {
  /** The front end of what is recorded. */
  public static final String FRONT_END = "wddm";

  private static final List<String> LEVELS = List.of("app", "bus");

  /**
   * What the trace says about itself.
   *
   * @param toolVersion of the program that records
   */
  public Header header(String toolVersion) {
    return new Header(
        seed,
        platform.name(),
        FRONT_END,
        LEVELS,
        workload.name(),
        arguments,
        List.of(),
        Model.VERSION,
        toolVersion,
        Optional.empty(),
        CallCatalog.get().schema());
  }

  /**
   * Runs the workload and tells {@code sink} what happens.
   *
   * @param untilNanos virtual time at which the run ends at the latest, or {@link Machine#NO_LIMIT}
   */
  public Cpu.Outcome record(EventSink sink, long untilNanos) {
    var machine = new Machine(new MachineConfig(platform, seed, FaultPlan.none()), sink);
    return machine.run(workload.processes(arguments, seed), untilNanos);
  }
}
