package dev.systole.driver.core.reset;

import static dev.systole.spec.gen12.GtRegisters.GDRST;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE_MODE_IDLE;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE_STOP_RING;
import static dev.systole.spec.gen12.RingRegisters.RING_MODE;
import static dev.systole.spec.gen12.RingRegisters.RING_MODE_PREFETCH_DISABLE;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL_CATASTROPHIC_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL_READY_TO_RESET;
import static dev.systole.spec.gen12.RingRegisters.RING_RESET_CTL_REQUEST_RESET;

import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.Masked;
import dev.systole.driver.core.gt.Mmio;
import java.util.List;

/** The steps of a reset at the registers, in the order of i915 (i915-kernel.md 3.2). */
final class ResetHardware {
  private static final int POWER_DOMAIN_STATUS = 0xa2a0;
  private static final int IDLE_PENDING_MASK = 0x1f;
  private static final int IDLE_PENDING_SHIFT = 9;
  private static final int IDLE_PENDING_ENABLE_SHIFT = 25;

  private static final long STOP_SPIN_NANOS = 1_000_000;
  private static final long IDLE_MESSAGE_NANOS = 5_000_000;
  private static final long READY_NANOS = 700_000;
  private static final long DOMAIN_NANOS = 2_000_000;
  private static final long SETTLE_NANOS = 50_000;

  /** Below graphics 12.70 a domain is reset twice. */
  private static final int RESETS = 2;

  private final Gt gt;

  ResetHardware(Gt gt) {
    this.gt = gt;
  }

  /** Stops the ring at the next command; a ring that does not stop is no error. */
  void stop(GtEngine engine) {
    engine.write(RING_MI_MODE, Masked.set(RING_MI_MODE_STOP_RING));
    engine.write(RING_MODE, Masked.set(RING_MODE_PREFETCH_DISABLE));
    Mmio mmio = gt.mmio();
    int mode = engine.offset(RING_MI_MODE);
    boolean idle = mmio.poll(mode, RING_MI_MODE_MODE_IDLE, RING_MI_MODE_MODE_IDLE, STOP_SPIN_NANOS);
    if (!idle && !gt.cpu().inInterruptContext()) {
      long timeoutNanos = engine.tunables().stopTimeoutMillis() * 1_000_000L;
      mmio.pollSleeping(mode, RING_MI_MODE_MODE_IDLE, RING_MI_MODE_MODE_IDLE, timeoutNanos);
    }
    waitForIdleMessages(engine);
  }

  /** Wa_22011802037: lets the power unit finish what the engine asked of it. */
  private void waitForIdleMessages(GtEngine engine) {
    int messages = gt.mmio().read(engine.traits().idleMessageRegister());
    int pending =
        messages >>> IDLE_PENDING_SHIFT
            & messages >>> IDLE_PENDING_ENABLE_SHIFT
            & IDLE_PENDING_MASK;
    if (pending != 0) gt.mmio().poll(POWER_DOMAIN_STATUS, pending, pending, IDLE_MESSAGE_NANOS);
  }

  /** Lets the ring run again. */
  void start(GtEngine engine) {
    engine.write(RING_MI_MODE, Masked.clear(RING_MI_MODE_STOP_RING));
  }

  /**
   * Resets domains.
   *
   * @param engines those that must be ready before
   * @param domains bits of GDRST
   * @param insist goes on although an engine is not ready
   */
  boolean reset(List<GtEngine> engines, int domains, boolean insist) {
    boolean ready = true;
    for (GtEngine engine : engines) ready &= request(engine);
    boolean ok = (ready || insist) && resetDomains(domains);
    for (GtEngine engine : engines) {
      engine.write(RING_RESET_CTL, Masked.clear(RING_RESET_CTL_REQUEST_RESET));
    }
    return ok;
  }

  private boolean request(GtEngine engine) {
    int control = engine.read(RING_RESET_CTL);
    int request;
    int mask;
    int acknowledge;
    if ((control & RING_RESET_CTL_CATASTROPHIC_ERROR) != 0) {
      request = RING_RESET_CTL_CATASTROPHIC_ERROR;
      mask = RING_RESET_CTL_CATASTROPHIC_ERROR;
      acknowledge = 0;
    } else if ((control & RING_RESET_CTL_READY_TO_RESET) == 0) {
      request = RING_RESET_CTL_REQUEST_RESET;
      mask = RING_RESET_CTL_READY_TO_RESET;
      acknowledge = RING_RESET_CTL_READY_TO_RESET;
    } else {
      return true;
    }
    engine.write(RING_RESET_CTL, Masked.set(request));
    if (gt.mmio().poll(engine.offset(RING_RESET_CTL), mask, acknowledge, READY_NANOS)) return true;
    gt.log()
        .gtError(
            "%s reset request timed out: {request: %08x, RESET_CTL: %08x}"
                .formatted(engine, request, engine.read(RING_RESET_CTL)));
    return false;
  }

  private boolean resetDomains(int domains) {
    boolean ok = true;
    for (int i = 0; i < RESETS; i++) {
      gt.mmio().write(GDRST, domains);
      ok = gt.mmio().poll(GDRST, domains, 0, DOMAIN_NANOS);
    }
    gt.mmio().delay(SETTLE_NANOS);
    return ok;
  }
}
