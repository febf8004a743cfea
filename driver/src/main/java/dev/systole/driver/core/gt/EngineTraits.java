package dev.systole.driver.core.gt;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import dev.systole.spec.gen12.GtRegisters;

/**
 * What tells the engines of a Gen12 GPU apart, besides their place ({@link Engine}).
 *
 * @param contextPages pages of a context image that the hardware knows, the status page included
 * @param auxInvalidateRegister forgets compression tables; 0 when the engine has none
 * @param idleMessageRegister tells what the power unit was asked (Wa_22011802037)
 */
public record EngineTraits(
    int contextPages, int auxInvalidateRegister, int idleMessageRegister, int resetDomains) {
  private static final int RENDER_CONTEXT_PAGES = 14;
  private static final int OTHER_CONTEXT_PAGES = 2;

  /** The traits of an engine (i915-kernel.md 3.2, 4.3, 5.2). */
  public static EngineTraits of(Engine engine) {
    boolean shaders =
        engine.engineClass() == EngineClass.RENDER || engine.engineClass() == EngineClass.COMPUTE;
    return new EngineTraits(
        shaders ? RENDER_CONTEXT_PAGES : OTHER_CONTEXT_PAGES,
        auxInvalidateRegister(engine),
        idleMessageRegister(engine),
        1 << engine.resetDomainBit());
  }

  private static int auxInvalidateRegister(Engine engine) {
    return switch (engine) {
      case RCS0 -> GtRegisters.GFX_CCS_AUX_INV;
      case BCS0 -> GtRegisters.BCS0_CCS_AUX_INV;
      case VCS0 -> GtRegisters.VD0_CCS_AUX_INV;
      case VCS1 -> GtRegisters.VD2_CCS_AUX_INV;
      case VECS0 -> GtRegisters.VE0_CCS_AUX_INV;
      case CCS0 -> GtRegisters.CCS0_CCS_AUX_INV;
    };
  }

  private static int idleMessageRegister(Engine engine) {
    return switch (engine) {
      case RCS0, CCS0 -> 0x8000;
      case VCS0 -> 0x8004;
      case BCS0 -> 0x800c;
      case VECS0 -> 0x8010;
      case VCS1 -> 0x80c0;
    };
  }
}
