package dev.systole.driver.core.gt;

import static dev.systole.spec.gen12.GtRegisters.COMMON_SLICE_CHICKEN1;
import static dev.systole.spec.gen12.GtRegisters.COMMON_SLICE_CHICKEN3;
import static dev.systole.spec.gen12.GtRegisters.HIZ_CHICKEN;
import static dev.systole.spec.gen12.GtRegisters.PS_INVOCATION_COUNT;
import static dev.systole.spec.gen12.RingRegisters.BLIT_CCTL;
import static dev.systole.spec.gen12.RingRegisters.RING_CMD_CCTL;
import static dev.systole.spec.gen12.RingRegisters.RING_CTX_TIMESTAMP;
import static dev.systole.spec.gen12.RingRegisters.RING_FORCE_TO_NONPRIV;
import static dev.systole.spec.gen12.RingRegisters.RING_FORCE_TO_NONPRIV_ACCESS_READ;
import static dev.systole.spec.gen12.RingRegisters.RING_FORCE_TO_NONPRIV_COUNT;
import static dev.systole.spec.gen12.RingRegisters.RING_NOPID;
import static dev.systole.spec.gen12.RingRegisters.RING_PSMI_CTL;
import static dev.systole.spec.gen12.RingRegisters.RING_PSMI_CTL_IDLE_MESSAGE_DISABLE;
import static dev.systole.spec.gen12.RingRegisters.RING_PSMI_CTL_WAIT_FOR_EVENT_POWER_DOWN_DISABLE;

import dev.systole.spec.EngineClass;

/**
 * Registers of an engine that the driver sets after every reset (i915: intel_workarounds.c;
 * i915-kernel.md 5.5).
 */
final class EngineWorkarounds {
  /** MOCS index 3, cached everywhere, for reads and writes. */
  private static final int CMD_CCTL_MOCS = 0x0306;

  private static final int CMD_CCTL_MASK = 0x3fff;
  private static final int BLIT_CCTL_MOCS = 0x0606;

  /** Four registers from the given one on. */
  private static final int RANGE_4 = 1;

  private EngineWorkarounds() {}

  static void apply(GtEngine engine) {
    engine.write(RING_CMD_CCTL, CMD_CCTL_MASK << 16 | CMD_CCTL_MOCS);
    int readTimestamp = RING_FORCE_TO_NONPRIV_ACCESS_READ | engine.offset(RING_CTX_TIMESTAMP);
    EngineClass engineClass = engine.engine().engineClass();
    if (engineClass == EngineClass.COPY) engine.write(BLIT_CCTL, BLIT_CCTL_MOCS);
    if (engineClass != EngineClass.RENDER) {
      allowUsers(engine, readTimestamp);
      return;
    }
    engine.write(
        RING_PSMI_CTL,
        Masked.set(
            RING_PSMI_CTL_WAIT_FOR_EVENT_POWER_DOWN_DISABLE | RING_PSMI_CTL_IDLE_MESSAGE_DISABLE));
    allowUsers(
        engine,
        COMMON_SLICE_CHICKEN1,
        HIZ_CHICKEN,
        COMMON_SLICE_CHICKEN3,
        RING_FORCE_TO_NONPRIV_ACCESS_READ | PS_INVOCATION_COUNT | RANGE_4);
  }

  /** Registers that users' batches may touch; an unused slot holds a harmless register. */
  private static void allowUsers(GtEngine engine, int... slots) {
    for (int i = 0; i < RING_FORCE_TO_NONPRIV_COUNT; i++) {
      int value = i < slots.length ? slots[i] : engine.offset(RING_NOPID);
      engine.write(RING_FORCE_TO_NONPRIV + i * Integer.BYTES, value);
    }
  }
}
