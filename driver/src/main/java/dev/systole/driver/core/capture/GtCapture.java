package dev.systole.driver.core.capture;

import static dev.systole.driver.core.capture.EngineRegisters.unsigned;
import static dev.systole.spec.gen12.GtRegisters.AUX_ERR_DBG;
import static dev.systole.spec.gen12.GtRegisters.FAULT_REG;
import static dev.systole.spec.gen12.GtRegisters.FAULT_REG_VALID;
import static dev.systole.spec.gen12.GtRegisters.FAULT_TLB_DATA0;
import static dev.systole.spec.gen12.GtRegisters.FAULT_TLB_DATA1;
import static dev.systole.spec.gen12.GtRegisters.FENCE_REG;
import static dev.systole.spec.gen12.GtRegisters.FENCE_REG_COUNT;
import static dev.systole.spec.gen12.GtRegisters.FENCE_REG_STRIDE_BYTES;
import static dev.systole.spec.gen12.GtRegisters.FORCEWAKE_GT;
import static dev.systole.spec.gen12.GtRegisters.GAM_DONE;
import static dev.systole.spec.gen12.GtRegisters.GUC_TIMESTAMP;
import static dev.systole.spec.gen12.GtRegisters.PGTBL_ER;
import static dev.systole.spec.gen12.GtRegisters.RENDER_COPY_INTR_ENABLE;
import static dev.systole.spec.gen12.GtRegisters.SFC_DONE;
import static dev.systole.spec.gen12.GtRegisters.SFC_DONE_STRIDE_BYTES;
import static dev.systole.spec.gen12.RingRegisters.RING_EIR;
import static dev.systole.spec.gen12.RingRegisters.RING_EMR;
import static dev.systole.spec.gen12.RingRegisters.RING_IPEIR;

import dev.systole.driver.core.gt.Mmio;
import dev.systole.errorstate.Registers;
import dev.systole.spec.Engine;
import java.util.LinkedHashMap;

/** The registers of the GT in a dump, and their clearing afterwards (i915-kernel.md 1.3, 1.10). */
final class GtCapture {
  private static final int INTERRUPT_REGISTERS = 6;
  private static final int SFCS = 2;
  private static final int DISPLAY_DERRMR = 0x44050;
  private static final int EIR = Engine.RCS0.mmioBase() + RING_EIR;
  private static final int EMR = Engine.RCS0.mmioBase() + RING_EMR;

  private GtCapture() {}

  static Registers read(Mmio mmio) {
    var values = new LinkedHashMap<String, Long>();
    values.put("EIR", unsigned(mmio.read(EIR)));
    values.put("PGTBL_ER", unsigned(mmio.read(PGTBL_ER)));
    for (int i = 0; i < INTERRUPT_REGISTERS; i++) {
      int offset = RENDER_COPY_INTR_ENABLE + i * Integer.BYTES;
      values.put("GTIER[" + i + "]", unsigned(mmio.read(offset)));
    }
    for (int i = 0; i < FENCE_REG_COUNT; i++) {
      values.put("fence[" + i + "]", mmio.read64(FENCE_REG + i * FENCE_REG_STRIDE_BYTES));
    }
    values.put("FORCEWAKE", unsigned(mmio.read(FORCEWAKE_GT)));
    values.put(
        "FAULT_TLB_DATA",
        unsigned(mmio.read(FAULT_TLB_DATA1)) << 32 | unsigned(mmio.read(FAULT_TLB_DATA0)));
    values.put("AUX_ERR_DBG", unsigned(mmio.read(AUX_ERR_DBG)));
    for (int i = 0; i < SFCS; i++) {
      // Media engines come in pairs with one SFC; the second pair has number 1.
      values.put("SFC_DONE[" + i + "]", unsigned(mmio.read(SFC_DONE + i * SFC_DONE_STRIDE_BYTES)));
    }
    values.put("GAM_DONE", unsigned(mmio.read(GAM_DONE)));
    values.put("GuC timestamp", unsigned(mmio.read(GUC_TIMESTAMP)));
    values.put("DERRMR", unsigned(mmio.read(DISPLAY_DERRMR)));
    return new Registers(values);
  }

  /**
   * Clears what would be taken for a new error next time (i915: intel_gt_clear_error_registers).
   */
  static void clearErrors(Mmio mmio) {
    mmio.write(PGTBL_ER, mmio.read(PGTBL_ER));
    mmio.write(Engine.RCS0.mmioBase() + RING_IPEIR, 0);
    mmio.write(EIR, mmio.read(EIR));
    int stuck = mmio.read(EIR);
    if (stuck != 0) mmio.write(EMR, mmio.read(EMR) | stuck);
    mmio.write(FAULT_REG, mmio.read(FAULT_REG) & ~FAULT_REG_VALID);
  }
}
