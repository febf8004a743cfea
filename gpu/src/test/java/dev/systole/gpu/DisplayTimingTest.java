package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.FULL_HD;
import static dev.systole.gpu.DisplayFixture.PIPE_BYTES;
import static dev.systole.gpu.DisplayFixture.SMALL;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static dev.systole.spec.gen12.GtRegisters.GFX_MSTR_IRQ;
import static dev.systole.spec.gen12.GtRegisters.GFX_MSTR_IRQ_DISPLAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power, clocks, sweeping and interrupts of pipes (i915-kernel.md 5.3 and 8.2). */
class DisplayTimingTest {
  private static final int BLACK = 0xff000000;

  private final DisplayFixture display = new DisplayFixture();
  private final GpuFixture device = display.device;

  // ---- power

  @Test
  void aWellIsOnWhileSomebodyAsks() {
    display.write(PWR_WELL_CTL1, PWR_WELL_CTL1_POWER_WELL_3_REQUEST);
    display.write(PWR_WELL_CTL2, 0);
    assertEquals(
        PWR_WELL_CTL1_POWER_WELL_3_REQUEST | PWR_WELL_CTL1_POWER_WELL_3_STATE,
        display.read(PWR_WELL_CTL1));
    assertEquals(PWR_WELL_CTL1_POWER_WELL_3_STATE, display.read(PWR_WELL_CTL2));
    display.write(PWR_WELL_CTL1, 0);
    assertEquals(0, display.read(PWR_WELL_CTL1));
  }

  @Test
  void theFusesTellWhichGatesAreOpen() {
    display.write(PWR_WELL_CTL2, PWR_WELL_CTL1_POWER_WELL_1_REQUEST);
    assertEquals(
        FUSE_STATUS_DOWNLOAD | FUSE_STATUS_POWER_GATE_0 | FUSE_STATUS_POWER_GATE_1,
        display.read(FUSE_STATUS));
  }

  @Test
  void aPipeWithoutPowerStopsAndForgetsItsRegisters() {
    display.start(1, SMALL);
    assertTrue(display.runs(1));
    display.write(PWR_WELL_CTL2, 0x2);
    assertEquals(0, display.read(TRANSCONF + PIPE_BYTES));
    display.write(TRANS_HTOTAL + PIPE_BYTES, 5);
    display.write(PWR_WELL_CTL2, 0x2aa);
    assertEquals(0, display.read(TRANS_HTOTAL + PIPE_BYTES));
    assertFalse(display.runs(1));
    assertEquals(-1, display.read(DE_PIPE_IMR + 0x10));
  }

  @Test
  void withoutPowerEverythingIsOffButMonitorsStay() {
    device.gpu.plug(Connector.A, new Monitor(Monitor.Link.HDMI, new byte[128]));
    display.write(DE_PIPE_IMR, 0);
    display.write(DE_PIPE_IER, -1);
    display.write(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    display.start(0, SMALL);
    device.runMillis(1);
    device.gpu.setPowered(false);
    assertTrue(device.gpu.scanOut(0).isEmpty());
    device.runMillis(1);
    device.gpu.setPowered(true);
    assertEquals(SDEISR_DDI_A_HOTPLUG, display.read(SDEISR));
    assertEquals(-1, display.read(DE_PIPE_IMR));
    assertEquals(0, display.read(GFX_MSTR_IRQ));
    assertFalse(display.runs(0));
  }

  // ---- clocks

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aTranscoderRunsOnItsPortsClock(int pipe) {
    assertFalse(display.runs(pipe));
    display.start(pipe, SMALL);
    assertTrue(display.runs(pipe));
    display.write(TRANSCONF + pipe * PIPE_BYTES, 0);
    assertFalse(display.runs(pipe));
  }

  @Test
  void aTranscoderWithoutALockedPllDoesNotRun() {
    display.write(DPLL_ENABLE, DPLL_ENABLE_POWER_ENABLE);
    assertEquals(DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_POWER_STATE, display.read(DPLL_ENABLE));
    display.start(0, SMALL);
    assertFalse(display.runs(0));
    display.startPll(0);
    assertTrue(display.runs(0));
    display.write(DPCLKA_CFGCR0, DPCLKA_CFGCR0_DDI_A_CLOCK_OFF);
    assertFalse(display.runs(0));
  }

  @Test
  void aPllWhoseOscillatorWouldBeTooSlowDoesNotLock() {
    display.write(DPLL_ENABLE + 4, DPLL_ENABLE_POWER_ENABLE);
    display.write(DPLL_CFGCR0 + 8, 400);
    display.write(DPLL_ENABLE + 4, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
    assertEquals(0, display.read(DPLL_ENABLE + 4) & DPLL_ENABLE_LOCK);
    display.write(DPLL_CFGCR0 + 8, 0x1a5);
    display.write(DPLL_ENABLE + 4, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
    assertEquals(DPLL_ENABLE_LOCK, display.read(DPLL_ENABLE + 4) & DPLL_ENABLE_LOCK);
  }

  @Test
  void aPixelClockThatCdclkCannotFollowDoesNotRun() {
    // 38.4 MHz by 2 and the divider of 4: 9.6 MHz, at two pixels a clock
    display.write(CDCLK_CTL, CDCLK_CTL_CD2X_DIVIDER__4);
    display.write(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | 2);
    display.start(0, SMALL);
    assertFalse(display.runs(0));
    display.write(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | 34);
    assertTrue(display.runs(0));
    display.write(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | 35);
    assertEquals(0, display.read(CDCLK_PLL_ENABLE) & CDCLK_PLL_ENABLE_LOCK);
    assertFalse(display.runs(0));
  }

  @Test
  void displayPortDividesItsLinkClock() {
    // a link of 5.4 Gbit/s: 540 MHz by 11/40 is 148.5 MHz
    display.write(DPLL_CFGCR0, 0x1a5 | 0x7000 << DPLL_CFGCR0_DCO_FRACTION_SHIFT);
    display.write(DPLL_CFGCR1, DPLL_CFGCR1_P_DIVIDER__3 | DPLL_CFGCR1_K_DIVIDER__1);
    display.write(TRANS_LINK_M1, 11);
    display.write(TRANS_LINK_N1, 40);
    display.setTimings(0, FULL_HD);
    display.write(TRANS_CLK_SEL, 1 << TRANS_CLK_SEL_PORT_SHIFT);
    display.write(
        TRANS_DDI_FUNC_CTL,
        TRANS_DDI_FUNC_CTL_ENABLE
            | TRANS_DDI_FUNC_CTL_MODE_DP_SST
            | 1 << TRANS_DDI_FUNC_CTL_PORT_SHIFT);
    display.write(TRANSCONF, TRANSCONF_ENABLE);
    device.runMillis(1000);
    assertEquals(60, display.read(PIPE_FRMCNT));
  }

  @Test
  void aTypeCPortHasItsOwnPllOrThatOfThunderbolt() {
    display.setTimings(3, SMALL);
    int tc1 = 4;
    display.write(TRANS_CLK_SEL + 4 * 3, tc1 << TRANS_CLK_SEL_PORT_SHIFT);
    display.write(
        TRANS_DDI_FUNC_CTL + 3 * PIPE_BYTES,
        TRANS_DDI_FUNC_CTL_ENABLE | tc1 << TRANS_DDI_FUNC_CTL_PORT_SHIFT);
    display.write(TRANSCONF + 3 * PIPE_BYTES, TRANSCONF_ENABLE);
    assertFalse(display.runs(3));
    // 38.4 MHz by 4 and 58 is 8908.8 MHz; by 5, 3 and 4 it is 148.48 MHz
    display.write(DKL_PLL_DIV0, 4 << DKL_PLL_DIV0_FEEDBACK_PREDIVIDER_SHIFT | 58);
    display.write(
        DKL_CLKTOP2_HSCLKCTL,
        DKL_CLKTOP2_HSCLKCTL_HS_DIVIDER__3 | 4 << DKL_CLKTOP2_HSCLKCTL_DS_DIVIDER_SHIFT);
    display.write(MG_PLL_ENABLE, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
    display.write(DDI_CLK_SEL + 4 * 3, DDI_CLK_SEL_CLOCK_MG);
    assertTrue(display.runs(3));
    display.write(DDI_CLK_SEL + 4 * 3, DDI_CLK_SEL_CLOCK_TBT_162);
    assertFalse(display.runs(3));
    display.write(TBT_PLL_ENABLE, DPLL_ENABLE_POWER_ENABLE | DPLL_ENABLE_ENABLE);
    assertTrue(display.runs(3));
  }

  @Test
  void impossibleTimingsDoNotRun() {
    display.start(0, new DisplayFixture.Mode(6000, 48, 6100, 60));
    assertFalse(display.runs(0));
    display.start(1, new DisplayFixture.Mode(64, 48, 80, 48));
    assertFalse(display.runs(1));
  }

  // ---- sweeping

  @Test
  void scanLinesAndFramesAreCounted() {
    display.start(0, FULL_HD);
    long line = 2200L * 1_000_000 / DisplayFixture.PIXEL_CLOCK_KHZ;
    device.runFor(10 * line + line / 2);
    assertEquals(10, display.read(PIPEDSL));
    assertEquals(0, display.read(PIPE_FRMCNT));
    device.runFor(1072 * line);
    assertEquals(1, display.read(PIPE_FRMCNT), "in the blank");
    assertEquals(1, display.read(DE_PIPE_ISR) & DE_PIPE_ISR_VBLANK);
    long blank = display.read(PIPE_FRMTMSTMP) * 1000L;
    assertTrue(device.clock.nowNanos() - blank < 5 * line);
    device.runFor(3600_000_000_000L);
    assertEquals(1 + 60 * 3600, display.read(PIPE_FRMCNT));
    display.write(TRANSCONF, 0);
    int stopped = display.read(PIPE_FRMCNT);
    device.runMillis(100);
    assertEquals(stopped, display.read(PIPE_FRMCNT));
  }

  @Test
  void anIdlePipeHasNoEvents() {
    display.start(0, FULL_HD);
    assertEquals(Long.MAX_VALUE, device.gpu.nextEventNanos());
    assertFalse(device.gpu.busy());
  }

  // ---- interrupts

  @Test
  void aVerticalBlankInterruptsWhenItIsUnmaskedAndEnabled() {
    display.start(0, FULL_HD);
    display.write(DISPLAY_INT_CTL, DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    display.write(DE_PIPE_IER, DE_PIPE_IER_VBLANK);
    display.write(DE_PIPE_IMR, ~DE_PIPE_IMR_VBLANK);
    device.runMillis(20);
    assertEquals(1, device.interrupts.size(), "one message for what is not served");
    assertEquals(GFX_MSTR_IRQ_DISPLAY, display.read(GFX_MSTR_IRQ) & GFX_MSTR_IRQ_DISPLAY);
    assertEquals(
        DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE | DISPLAY_INT_CTL_PIPE_A,
        display.read(DISPLAY_INT_CTL));
    assertEquals(DE_PIPE_IIR_VBLANK, display.read(DE_PIPE_IIR));
    display.write(DE_PIPE_IIR, DE_PIPE_IIR_VBLANK);
    assertEquals(0, display.read(DE_PIPE_IIR));
    assertEquals(0, display.read(GFX_MSTR_IRQ) & GFX_MSTR_IRQ_DISPLAY);
    assertFalse(device.gpu.busy(), "interrupts alone are no work");
    device.runMillis(17);
    assertEquals(2, device.interrupts.size());
    display.write(DE_PIPE_IMR, -1);
    display.write(DE_PIPE_IIR, -1);
    device.runMillis(40);
    assertEquals(0, display.read(DE_PIPE_IIR));
  }

  @Test
  void vsyncComesAfterTheBlankHasBegun() {
    display.start(2, SMALL);
    display.write(DE_PIPE_IMR + 0x20, ~DE_PIPE_IMR_VSYNC);
    long frame = SMALL.frameNanos();
    device.runFor(frame * 48 / 60);
    assertEquals(0, display.read(DE_PIPE_IIR + 0x20));
    device.runFor(frame * 4 / 60);
    assertEquals(DE_PIPE_IIR_VSYNC, display.read(DE_PIPE_IIR + 0x20));
  }

  @Test
  void aFlipIsTakenOverAtTheBlankAndTold() {
    int red = display.filled(0xff0000);
    int green = display.filled(0x00ff00);
    display.start(0, FULL_HD);
    display.write(DE_PIPE_IMR, ~DE_PIPE_IMR_PLANE_1_FLIP_DONE);
    display.showRows(0, red);
    assertEquals(BLACK, display.pixel(0, 5, 5), "not before the blank");
    device.runMillis(17);
    assertEquals(red, display.read(PLANE_SURFLIVE));
    assertEquals(0xffff0000, display.pixel(0, 5, 5));
    assertEquals(DE_PIPE_IIR_PLANE_1_FLIP_DONE, display.read(DE_PIPE_IIR));
    assertEquals(1, display.read(PIPE_FLIPCNT));
    assertEquals(display.read(PIPE_FRMTMSTMP), display.read(PIPE_FLIPDONETMSTMP));
    display.write(PLANE_POS, 3 << 16);
    device.runMillis(17);
    assertEquals(0xffff0000, display.pixel(0, 5, 1), "only the surface arms");
    display.write(PLANE_SURF, green);
    device.runMillis(17);
    assertEquals(BLACK, display.pixel(0, 5, 1));
    assertEquals(0xff00ff00, display.pixel(0, 5, 4));
  }

  @Test
  void anAsynchronousFlipDoesNotWait() {
    int red = display.filled(0xff0000);
    int green = display.filled(0x00ff00);
    display.start(0, FULL_HD);
    display.showRows(0, red);
    device.runMillis(17);
    display.write(DE_PIPE_IMR, ~DE_PIPE_IMR_PLANE_1_FLIP_DONE);
    display.write(PLANE_CTL, display.read(PLANE_CTL) | PLANE_CTL_ASYNC_FLIP);
    display.write(PLANE_SURF, green);
    assertEquals(0xff00ff00, display.pixel(0, 5, 5));
    assertEquals(DE_PIPE_IIR_PLANE_1_FLIP_DONE, display.read(DE_PIPE_IIR));
  }

  // ---- cost

  @Test
  void tenMinutesOfADesktopAreAnEventAFrame() {
    int[] surfaces = {display.filled(1), display.filled(2)};
    display.start(0, FULL_HD);
    display.write(DE_PIPE_IMR, ~DE_PIPE_IMR_PLANE_1_FLIP_DONE);
    display.showRows(0, surfaces[0]);
    for (int frame = 0; frame < 600 * 60; frame++) {
      device.clock.advanceTo(device.gpu.nextEventNanos());
      display.write(DE_PIPE_IIR, DE_PIPE_IIR_PLANE_1_FLIP_DONE);
      display.write(PLANE_SURF, surfaces[frame & 1]);
    }
    assertEquals(600 * 60, display.read(PIPE_FRMCNT));
    assertEquals(1 + 600 * 60, display.read(PIPE_FLIPCNT));
  }
}
