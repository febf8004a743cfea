package dev.systole.decoder.diagnosis;

import dev.systole.errorstate.GpuProcess;
import java.util.List;
import java.util.Optional;

/**
 * What is to say about one engine.
 *
 * @param engine the kernel's name, {@code rcs0}
 * @param process the owner of the context that ran, where the dump tells it
 * @param command where it stands; absent where the dump lacks the registers that tell it
 * @param evidence sentences without a full stop, the most telling first
 * @param next what to look at next, likewise
 */
public record EngineDiagnosis(
    String engine,
    Optional<GpuProcess> process,
    Optional<HungCommand> command,
    Cause cause,
    Confidence confidence,
    List<String> evidence,
    List<String> next) {
  public EngineDiagnosis {
    evidence = List.copyOf(evidence);
    next = List.copyOf(next);
  }

  /** Whether it only waits for somebody else. */
  public boolean innocent() {
    return cause == Cause.WAITS_FOR_ENGINE || cause == Cause.PARKED_BY_DRIVER;
  }
}
