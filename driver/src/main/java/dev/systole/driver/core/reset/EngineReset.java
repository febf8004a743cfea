package dev.systole.driver.core.reset;

import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_STATUS_HI;

import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.GtEngine;
import java.util.List;

/**
 * The reset of one engine while the others go on (i915: intel_reset.c: __intel_engine_reset_bh;
 * i915-kernel.md 3.2).
 */
public final class EngineReset {
  private final Gt gt;
  private final Guilt guilt;
  private final ResetHardware hardware;

  /** Resets engines of {@code gt}; the guilty are reported to {@code guilt}. */
  public EngineReset(Gt gt, Guilt guilt) {
    this.gt = gt;
    this.guilt = guilt;
    this.hardware = new ResetHardware(gt);
  }

  /**
   * Resets an engine and lets its unfinished requests go on. Any context.
   *
   * @param reason why, as the log says it: {@code preemption time out}
   * @return false when the hardware did not obey; then nothing was taken back
   */
  public boolean reset(Execlists execlists, String reason) {
    GtEngine engine = execlists.engine();
    int running = prepare(execlists);
    gt.log().notice("Resetting %s for %s".formatted(engine, reason));
    gt.health().engineResetBegun(engine.engine(), reason);
    gt.status().countEngineReset(engine.engine());
    boolean ok = hardware.reset(List.of(engine), engine.traits().resetDomains(), false);
    if (ok) recover(execlists, running);
    finish(execlists);
    gt.health().engineResetEnded(engine.engine(), ok);
    return ok;
  }

  /**
   * Freezes and stops an engine.
   *
   * @return the hardware's id of the context that ran
   */
  int prepare(Execlists execlists) {
    gt.forcewake().get();
    execlists.prepareReset();
    hardware.stop(execlists.engine());
    return execlists.engine().read(RING_EXECLIST_STATUS_HI);
  }

  /** After the hardware was reset: takes back what ran and makes the engine ready. */
  void recover(Execlists execlists, int running) {
    execlists.rewind(running, guilt::blame);
    if (execlists.resume()) return;
    GtEngine engine = execlists.engine();
    hardware.reset(List.of(engine), engine.traits().resetDomains(), true);
    execlists.resume();
  }

  /** Ends {@link #prepare}. */
  void finish(Execlists execlists) {
    hardware.start(execlists.engine());
    execlists.finishReset();
    gt.forcewake().put();
  }

  ResetHardware hardware() {
    return hardware;
  }
}
