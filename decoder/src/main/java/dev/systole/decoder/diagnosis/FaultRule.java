package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.spec.EngineClass;
import java.util.List;
import java.util.Optional;

/** Faults of the page tables (gen12-commands.md 7.4, rule 1; i915-kernel.md 6.3). */
final class FaultRule {
  private static final int VALID = 1;
  private static final int RENDER_ENGINE = 0;

  /** A fault this close behind a buffer is an over-run of it. */
  private static final long OVERRUN_BYTES = 64 << 10;

  /** As Gen8 and Gen9 define it; Gen12 is assumed equal. */
  private static final List<String> TYPES =
      List.of("PTE", "page directory entry", "page directory pointer", "PML4 entry");

  private FaultRule() {}

  static Optional<Finding> pageFault(EngineCase suspect) {
    int fault = suspect.register("FAULT_REG");
    if ((fault & VALID) == 0) return Optional.empty();
    int engineId = fault >>> 12 & 0x1f;
    boolean only = suspect.engines().stream().filter(e -> e.state().hung()).count() <= 1;
    boolean render = suspect.engineClass() == EngineClass.RENDER;
    boolean certain = engineId == RENDER_ENGINE == render;
    if (!certain && !only) return Optional.empty();
    Location address = address(suspect.dump().registers().get("FAULT_TLB_DATA").orElse(0));
    Finding finding =
        Finding.of(
            Cause.PAGE_FAULT,
            certain ? Confidence.HIGH : Confidence.MEDIUM,
            "FAULT_REG 0x%08x is valid: invalid %s for %s, engine id %d, source id %d"
                .formatted(
                    fault, TYPES.get(fault >>> 1 & 3), address, engineId, fault >>> 3 & 0xff));
    return Optional.of(finding.and(neighbourhood(suspect, address)));
  }

  /** FAULT_TLB_DATA1 has bits 47 to 44 of the address and the GGTT bit, DATA0 bits 43 to 12. */
  private static Location address(long tlbData) {
    long data1 = tlbData >>> Integer.SIZE;
    long page = (data1 & 0xf) << 44 | (tlbData & 0xffff_ffffL) << 12;
    return new Location((data1 & 0x10) == 0 ? Space.PPGTT : Space.GGTT, page);
  }

  private static String neighbourhood(EngineCase suspect, Location address) {
    Optional<Buffer> below = suspect.stream().memory().nearestBelow(address);
    if (below.isEmpty()) return "no captured buffer lies below that address";
    long behind = address.address() - below.get().end().address();
    if (behind < 0) return "that address lies in the captured " + below.get();
    return behind < OVERRUN_BYTES
        ? "that is an over-run, %d bytes behind the %s".formatted(behind, below.get())
        : "the nearest captured buffer below is the %s".formatted(below.get());
  }
}
