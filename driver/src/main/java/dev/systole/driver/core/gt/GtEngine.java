package dev.systole.driver.core.gt;

import static dev.systole.spec.gen12.RingRegisters.RING_EIR;
import static dev.systole.spec.gen12.RingRegisters.RING_EMR;
import static dev.systole.spec.gen12.RingRegisters.RING_EMR_INSTRUCTION_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_ESR;
import static dev.systole.spec.gen12.RingRegisters.RING_HWSTAM;
import static dev.systole.spec.gen12.RingRegisters.RING_HWS_PGA;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE;
import static dev.systole.spec.gen12.RingRegisters.RING_MI_MODE_STOP_RING;
import static dev.systole.spec.gen12.RingRegisters.RING_MODE;
import static dev.systole.spec.gen12.RingRegisters.RING_MODE_DISABLE_LEGACY_MODE;

import dev.systole.driver.core.EngineTunables;
import dev.systole.spec.Engine;

/** The hardware of one engine: its registers and its status page (i915: intel_engine_cs.c). */
public final class GtEngine {
  private final Gt gt;
  private final Engine engine;
  private final EngineTraits traits;
  private final StatusPage statusPage;

  /** Allocates the status page of {@code engine}. */
  public GtEngine(Gt gt, Engine engine) {
    this.gt = gt;
    this.engine = engine;
    this.traits = EngineTraits.of(engine);
    this.statusPage = new StatusPage(gt.ggtt().allocateHigh(1));
  }

  public Gt gt() {
    return gt;
  }

  public Engine engine() {
    return engine;
  }

  public EngineTraits traits() {
    return traits;
  }

  public StatusPage statusPage() {
    return statusPage;
  }

  /** What an administrator set. */
  public EngineTunables tunables() {
    return gt.config().tunables().get(engine);
  }

  /** Offset in BAR 0 of one of the engine's registers. */
  public int offset(int ringRegister) {
    return engine.mmioBase() + ringRegister;
  }

  /** Reads one of the engine's registers. */
  public int read(int ringRegister) {
    return gt.mmio().read(offset(ringRegister));
  }

  /** Writes one of the engine's registers. */
  public void write(int ringRegister, int value) {
    gt.mmio().write(offset(ringRegister), value);
  }

  /**
   * Makes an engine that was reset or asleep ready for submission (i915: execlists_resume).
   *
   * @return false when the engine is still in error
   */
  public boolean resume() {
    EngineWorkarounds.apply(this);
    write(RING_HWSTAM, ~0);
    write(RING_MODE, Masked.set(RING_MODE_DISABLE_LEGACY_MODE));
    write(RING_MI_MODE, Masked.clear(RING_MI_MODE_STOP_RING));
    write(RING_HWS_PGA, statusPage.page().ggttAddress());
    write(RING_EMR, ~0);
    write(RING_EIR, ~0);
    int errors = read(RING_ESR);
    if (errors != 0) {
      gt.log().error("engine '%s' resumed still in error: %08x".formatted(engine, errors));
    }
    write(RING_EMR, ~RING_EMR_INSTRUCTION_ERROR);
    return errors == 0;
  }

  @Override
  public String toString() {
    return engine.kernelName();
  }
}
