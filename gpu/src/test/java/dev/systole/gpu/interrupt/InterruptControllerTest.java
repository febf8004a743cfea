package dev.systole.gpu.interrupt;

import static dev.systole.spec.gen12.GtRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.gpu.sim.Schedule;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** i915-kernel.md 5.3. */
class InterruptControllerTest {
  private static final int EVERYTHING = 0x0909;

  private final PagedMemory registers = new PagedMemory(8 << 20);
  private int messages;
  private final Schedule schedule = new Schedule(new EventQueue(), () -> 0, 0);
  private final InterruptController controller =
      new InterruptController(
          registers,
          schedule,
          new FaultInjector(FaultPlan.none(), schedule, (_, _) -> {}),
          () -> messages++);

  private void enable(int... masks) {
    registers.store32(RENDER_COPY_INTR_ENABLE, EVERYTHING << 16 | EVERYTHING);
    registers.store32(VCS_VECS_INTR_ENABLE, EVERYTHING << 16 | EVERYTHING);
    registers.store32(CCS_RSVD_INTR_ENABLE, EVERYTHING << 16);
    for (int mask : masks) registers.store32(mask, ~(EVERYTHING << 16));
    controller.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
  }

  /** The bank, its bit and the identity of every engine (5.1). */
  @ParameterizedTest
  @CsvSource({
    "RCS0, 0, 0, 80000901, 190090",
    "BCS0, 0, 15, 80030901, 1900a0",
    "VCS0, 1, 0, 80010901, 1900a8",
    "VCS1, 1, 2, 80210901, 1900ac",
    "VECS0, 1, 31, 80020901, 1900d0",
    "CCS0, 0, 4, 80050901, 190100",
  })
  void engineIsFoundByBankBitAndIdentity(
      Engine engine, int bank, int bit, String identity, String mask) {
    enable(Integer.parseInt(mask, 16));
    controller.raise(engine, 0x0901);
    assertEquals(1, messages);
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE | 1 << bank, controller.read(GFX_MSTR_IRQ));
    assertEquals(1 << bit, controller.read(GT_INTR_DW0 + 4 * bank));
    assertEquals(0, controller.read(INTR_IDENTITY_REG + 4 * bank));
    controller.write(IIR_REG_SELECTOR + 4 * bank, 1 << bit);
    int valid = controller.read(INTR_IDENTITY_REG + 4 * bank);
    assertEquals(identity, Integer.toHexString(valid));
    controller.write(INTR_IDENTITY_REG + 4 * bank, INTR_IDENTITY_REG_VALID);
    assertEquals(0, controller.read(INTR_IDENTITY_REG + 4 * bank));
    controller.write(GT_INTR_DW0 + 4 * bank, 1 << bit);
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE, controller.read(GFX_MSTR_IRQ));
  }

  @ParameterizedTest
  @EnumSource
  void maskedOrNotEnabledInterruptsAreLost(Engine engine) {
    enable();
    controller.raise(engine, EVERYTHING);
    assertEquals(0, messages, "every mask is set after power-on");
    enable(0x190090, 0x1900a0, 0x1900a8, 0x1900ac, 0x1900d0, 0x190100);
    controller.raise(engine, 0x0010);
    assertEquals(0, messages, "pipe control notify is not enabled");
    controller.raise(engine, 0x0800);
    assertEquals(1, messages);
  }

  @Test
  void whatHappensAfterTheIdentityWasReadKeepsTheBit() {
    enable(RCS0_RSVD_INTR_MASK);
    controller.raise(Engine.RCS0, 1);
    controller.write(IIR_REG_SELECTOR, 1);
    controller.raise(Engine.RCS0, 0x100);
    controller.write(INTR_IDENTITY_REG, INTR_IDENTITY_REG_VALID);
    controller.write(GT_INTR_DW0, 1);
    assertEquals(1, controller.read(GT_INTR_DW0));
    controller.write(IIR_REG_SELECTOR, 1);
    assertEquals(0x80000100, controller.read(INTR_IDENTITY_REG));
  }

  @Test
  void selectorOfNobodyOrOfTwoSelectsNothing() {
    enable(RCS0_RSVD_INTR_MASK, BCS_RSVD_INTR_MASK);
    controller.raise(Engine.RCS0, 1);
    controller.raise(Engine.BCS0, 1);
    for (int selector : new int[] {0, 1 << 20, 1 << 15 | 1}) {
      controller.write(IIR_REG_SELECTOR, selector);
      assertEquals(0, controller.read(INTR_IDENTITY_REG));
    }
  }

  @Test
  void displayHoldsItsBitOfTheMasterUpAsLongAsItHasSomethingToTell() {
    enable();
    controller.setLevel(GFX_MSTR_IRQ_DISPLAY, true);
    controller.setLevel(GFX_MSTR_IRQ_DISPLAY, true);
    assertEquals(1, messages);
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE | GFX_MSTR_IRQ_DISPLAY, controller.read(GFX_MSTR_IRQ));
    controller.write(GFX_MSTR_IRQ, 0);
    controller.write(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    assertEquals(2, messages, "still pending when the master is enabled again");
    controller.setLevel(GFX_MSTR_IRQ_DISPLAY, false);
    assertEquals(GFX_MSTR_IRQ_MASTER_ENABLE, controller.read(GFX_MSTR_IRQ));
  }

  @Test
  void oneMessageIsSentUntilEverythingIsServed() {
    enable(RCS0_RSVD_INTR_MASK, VCS0_VCS1_INTR_MASK);
    controller.raise(Engine.RCS0, 1);
    controller.raise(Engine.VCS0, 1);
    controller.setLevel(GFX_MSTR_IRQ_DISPLAY, true);
    assertEquals(1, messages);
  }
}
