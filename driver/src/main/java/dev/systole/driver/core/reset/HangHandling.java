package dev.systole.driver.core.reset;

import dev.systole.driver.core.capture.ErrorCapture;
import dev.systole.driver.core.execlists.Execlists;
import dev.systole.spec.Engine;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is done about an engine that is held to be hung: capture, reset of the engine, reset of the
 * GT (i915: intel_reset.c: intel_gt_handle_error, and execlists_reset; i915-kernel.md 1.10, 3.1).
 */
public final class HangHandling {
  private final ErrorCapture capture;
  private final EngineReset engineReset;
  private final GtReset gtReset;

  /** Engines whose reset is under way. */
  private final Set<Engine> resetting = EnumSet.noneOf(Engine.class);

  /** Captures, then resets. */
  public HangHandling(ErrorCapture capture, EngineReset engineReset, GtReset gtReset) {
    this.capture = capture;
    this.engineReset = engineReset;
    this.gtReset = gtReset;
  }

  /**
   * An engine did not give way or met an error: resets it at once and leaves the rest of the
   * capture to a worker. DPC context. If the engine does not obey, the heartbeat will see to it.
   */
  public void engineError(Execlists execlists, String reason) {
    if (!resetting.add(execlists.engine().engine())) return;
    capture.captureLater(execlists);
    engineReset.reset(execlists, reason);
    resetting.remove(execlists.engine().engine());
  }

  /** A heartbeat stopped: captures everything first, then resets. Thread context. */
  public void heartbeatStopped(Execlists execlists, String reason) {
    if (!resetting.add(execlists.engine().engine())) return;
    capture.captureNow(execlists);
    if (!engineReset.reset(execlists, reason)) gtReset.reset(reason);
    resetting.remove(execlists.engine().engine());
  }
}
