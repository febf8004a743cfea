package dev.systole.driver.core.gt;

import static dev.systole.spec.gen12.GtRegisters.BCS_RSVD_INTR_MASK;
import static dev.systole.spec.gen12.GtRegisters.GFX_MSTR_IRQ;
import static dev.systole.spec.gen12.GtRegisters.GFX_MSTR_IRQ_MASTER_ENABLE;
import static dev.systole.spec.gen12.GtRegisters.GT_INTR_DW0;
import static dev.systole.spec.gen12.GtRegisters.IIR_REG_SELECTOR;
import static dev.systole.spec.gen12.GtRegisters.IIR_REG_SELECTOR_STRIDE_BYTES;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_ENGINE_CLASS_MASK;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_ENGINE_CLASS_SHIFT;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_ENGINE_INSTANCE_MASK;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_ENGINE_INSTANCE_SHIFT;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_INTERRUPT_MASK;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_STRIDE_BYTES;
import static dev.systole.spec.gen12.GtRegisters.INTR_IDENTITY_REG_VALID;
import static dev.systole.spec.gen12.GtRegisters.RCS0_RSVD_INTR_MASK;
import static dev.systole.spec.gen12.GtRegisters.RENDER_COPY_INTR_ENABLE;
import static dev.systole.spec.gen12.GtRegisters.VCS0_VCS1_INTR_MASK;
import static dev.systole.spec.gen12.GtRegisters.VCS2_VCS3_INTR_MASK;
import static dev.systole.spec.gen12.GtRegisters.VCS_VECS_INTR_ENABLE;
import static dev.systole.spec.gen12.GtRegisters.VECS0_VECS1_INTR_MASK;

import dev.systole.spec.Engine;

/** The interrupts of the GT (i915: intel_gt_irq.c, gen11; i915-kernel.md 5.3). */
public final class GtInterrupts {
  /** Bits of an engine's interrupt word. */
  public static final int USER_INTERRUPT = 1 << 0;

  public static final int CS_ERROR = 1 << 3;
  public static final int CONTEXT_SWITCH = 1 << 8;
  public static final int WAIT_SEMAPHORE = 1 << 11;

  /** What execlists submission listens to. */
  public static final int ENGINE_INTERRUPTS =
      USER_INTERRUPT | CS_ERROR | CONTEXT_SWITCH | WAIT_SEMAPHORE;

  private static final int BANKS = 2;

  /** The identity appears within about 100 us. */
  private static final int IDENTITY_READS = 100;

  private static final long IDENTITY_INTERVAL_NANOS = 1_000;

  /** Who serves the interrupts of engines. */
  @FunctionalInterface
  public interface EngineHandler {
    /** Called in interrupt context with the engine's 16 interrupt bits. */
    void engineInterrupt(Engine engine, int bits);
  }

  private final Mmio mmio;
  private final KernelLog log;
  private final EngineHandler handler;

  /** Interrupts that go to {@code handler}; they are off. */
  public GtInterrupts(Mmio mmio, KernelLog log, EngineHandler handler) {
    this.mmio = mmio;
    this.log = log;
    this.handler = handler;
  }

  /** Enables and unmasks the interrupts of all engines, then the device's. */
  public void enable() {
    int both = Masked.set(ENGINE_INTERRUPTS);
    int high = ENGINE_INTERRUPTS << 16;
    writeEngineRegisters(both, ~high, ~both);
    mmio.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
  }

  /** Turns them all off. */
  public void disable() {
    mmio.write(GFX_MSTR_IRQ, 0);
    writeEngineRegisters(0, ~0, ~0);
  }

  private void writeEngineRegisters(int enabled, int singleMask, int pairMask) {
    mmio.write(RENDER_COPY_INTR_ENABLE, enabled);
    mmio.write(VCS_VECS_INTR_ENABLE, enabled);
    mmio.write(RCS0_RSVD_INTR_MASK, singleMask);
    mmio.write(BCS_RSVD_INTR_MASK, singleMask);
    mmio.write(VCS0_VCS1_INTR_MASK, pairMask);
    mmio.write(VCS2_VCS3_INTR_MASK, pairMask);
    mmio.write(VECS0_VECS1_INTR_MASK, pairMask);
  }

  /**
   * The service routine.
   *
   * @return whether the device had raised its interrupt
   */
  public boolean handle() {
    int master = mmio.read(GFX_MSTR_IRQ);
    mmio.write(GFX_MSTR_IRQ, 0);
    for (int bank = 0; bank < BANKS; bank++) {
      if ((master & 1 << bank) != 0) handleBank(bank);
    }
    mmio.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    return (master & ~GFX_MSTR_IRQ_MASTER_ENABLE) != 0;
  }

  private void handleBank(int bank) {
    int sourcesOffset = GT_INTR_DW0 + bank * Integer.BYTES;
    int sources = mmio.read(sourcesOffset);
    for (int rest = sources; rest != 0; rest &= rest - 1) {
      handleSource(bank, Integer.numberOfTrailingZeros(rest));
    }
    mmio.write(sourcesOffset, sources);
  }

  private void handleSource(int bank, int bit) {
    int identityOffset = INTR_IDENTITY_REG + bank * INTR_IDENTITY_REG_STRIDE_BYTES;
    mmio.write(IIR_REG_SELECTOR + bank * IIR_REG_SELECTOR_STRIDE_BYTES, 1 << bit);
    int identity = mmio.read(identityOffset);
    for (int i = 0; (identity & INTR_IDENTITY_REG_VALID) == 0 && i < IDENTITY_READS; i++) {
      mmio.delay(IDENTITY_INTERVAL_NANOS);
      identity = mmio.read(identityOffset);
    }
    if ((identity & INTR_IDENTITY_REG_VALID) == 0) {
      log.error("INTR_IDENTITY_REG%d:%d 0x%08x not valid!".formatted(bank, bit, identity));
      return;
    }
    mmio.write(identityOffset, INTR_IDENTITY_REG_VALID);
    dispatch(identity);
  }

  private void dispatch(int identity) {
    int engineClass =
        (identity & INTR_IDENTITY_REG_ENGINE_CLASS_MASK) >>> INTR_IDENTITY_REG_ENGINE_CLASS_SHIFT;
    int instance =
        (identity & INTR_IDENTITY_REG_ENGINE_INSTANCE_MASK)
            >>> INTR_IDENTITY_REG_ENGINE_INSTANCE_SHIFT;
    for (Engine engine : Engine.values()) {
      if (engine.engineClass().hardwareClass() == engineClass
          && engine.hardwareInstance() == instance) {
        handler.engineInterrupt(engine, identity & INTR_IDENTITY_REG_INTERRUPT_MASK);
      }
    }
  }
}
