package dev.systole.driver.core.reset;

import static dev.systole.spec.gen12.GtRegisters.GDRST_FULL;

import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import java.util.List;

/**
 * The reset of everything, for when the reset of an engine failed, and giving up when that fails
 * too (i915: intel_reset.c: intel_gt_reset; i915-kernel.md 3.3, 3.5).
 */
public final class GtReset {
  private static final int TRIES = 4;
  private static final long TRY_INTERVAL_NANOS = 10_000_000;

  private final Gt gt;
  private final EngineReset engineReset;
  private final List<Execlists> engines;

  /** Resets all of {@code engines}, step by step as {@code engineReset} does for one. */
  public GtReset(Gt gt, EngineReset engineReset, List<Execlists> engines) {
    this.gt = gt;
    this.engineReset = engineReset;
    this.engines = List.copyOf(engines);
  }

  /**
   * Resets the GT. Thread context.
   *
   * @param reason why, as the log says it
   */
  public void reset(String reason) {
    gt.health().uevent("ERROR=1");
    gt.health().uevent("RESET=1");
    gt.log().gtNotice("Resetting chip for " + reason);
    gt.health().gtResetBegun(reason);
    gt.status().countGtReset();
    int[] running = engines.stream().mapToInt(engineReset::prepare).toArray();
    boolean ok = resetHardware();
    if (ok) {
      for (int i = 0; i < running.length; i++) engineReset.recover(engines.get(i), running[i]);
      gt.health().uevent("ERROR=0");
    } else {
      gt.log().gtError("Failed to reset chip");
      wedge();
      gt.health().uevent("WEDGED=rebind,bus-reset");
    }
    engines.forEach(engineReset::finish);
    gt.health().gtResetEnded(ok);
  }

  private boolean resetHardware() {
    List<GtEngine> hardware = engines.stream().map(Execlists::engine).toList();
    for (int tries = 0; tries < TRIES; tries++) {
      if (tries > 0) gt.cpu().sleep(tries * TRY_INTERVAL_NANOS);
      // From the second try on, an engine that is not ready does not stop it.
      if (engineReset.hardware().reset(hardware, GDRST_FULL, tries > 0)) return true;
    }
    return false;
  }

  /** Stops everything for good: what has not ended fails (i915: intel_gt_set_wedged). */
  public void giveUp() {
    engines.forEach(engineReset::prepare);
    resetHardware();
    wedge();
    engines.forEach(engineReset::finish);
  }

  private void wedge() {
    gt.status().setWedged();
    gt.health().wedged(true);
    for (Execlists execlists : engines) {
      for (Request request : execlists.drain()) {
        request.fail(GpuContext.ERRNO_IO);
        gt.cpu().synchronizeExecution(request::signal);
        request.context().retire();
      }
    }
  }
}
