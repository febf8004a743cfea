package dev.systole.recorder;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.trace.Header;

/**
 * What a machine is made of.
 *
 * @param seed of everything in it that is random
 * @param faults that its hardware will have
 */
public record MachineConfig(Platform platform, long seed, FaultPlan faults) {
  /**
   * The machine that a trace was recorded on, without its faults.
   *
   * @throws IllegalArgumentException when this version does not have such a machine
   */
  public static MachineConfig of(Header header) {
    Platform platform =
        Platform.byName(header.platform())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the trace was recorded on '%s', which this version cannot simulate"
                            .formatted(header.platform())));
    if (!header.frontEnd().equals(Recorder.FRONT_END)) {
      throw new IllegalArgumentException(
          "the trace has the front end '%s'; this version has only '%s'"
              .formatted(header.frontEnd(), Recorder.FRONT_END));
    }
    return new MachineConfig(platform, header.seed(), FaultPlan.none());
  }

  /** The same machine with these faults. */
  public MachineConfig with(FaultPlan other) {
    return new MachineConfig(platform, seed, other);
  }
}
