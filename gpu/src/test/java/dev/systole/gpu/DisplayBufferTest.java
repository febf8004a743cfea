package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.FULL_HD;
import static dev.systole.gpu.DisplayFixture.PIPE_BYTES;
import static dev.systole.gpu.DisplayFixture.plane;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When planes are not served (i915-kernel.md 8.3 and 8.4; docs/gpu.md). */
class DisplayBufferTest {
  private final DisplayFixture display = new DisplayFixture();
  private final GpuFixture device = display.device;

  @Test
  void aPlaneWithoutBlocksUnderruns() {
    display.start(0, FULL_HD);
    display.write(DE_PIPE_IMR, ~DE_PIPE_IMR_UNDERRUN);
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_BUF_CFG, 0);
    display.write(PLANE_SURF, display.filled(0));
    assertEquals(0, display.read(DE_PIPE_IIR));
    device.runMillis(17);
    assertEquals(DE_PIPE_IIR_UNDERRUN, display.read(DE_PIPE_IIR));
    display.write(DE_PIPE_IIR, -1);
    device.runMillis(17);
    assertEquals(DE_PIPE_IIR_UNDERRUN, display.read(DE_PIPE_IIR), "with every frame");
  }

  @Test
  void aServedPlaneDoesNotUnderrun() {
    display.start(0, FULL_HD);
    display.showRows(0, display.filled(0));
    device.runMillis(17);
    assertFalse(underruns(0));
  }

  @Test
  void anUnpoweredSliceUnderrunsItsPlanes() {
    display.start(0, FULL_HD);
    display.showRows(0, display.filled(0));
    device.runMillis(17);
    display.write(DBUF_CTL_S2, 0);
    assertFalse(underruns(0));
    display.write(DBUF_CTL_S1, 0);
    assertTrue(underruns(0));
    display.write(DBUF_CTL_S1, DBUF_CTL_S1_POWER_REQUEST);
    assertFalse(underruns(0));
  }

  @Test
  void tooFewBlocksForTheWatermarkUnderrun() {
    display.start(0, FULL_HD);
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_WM_0, PLANE_WM_0_ENABLE | 65);
    display.write(PLANE_SURF, display.filled(0));
    device.runMillis(17);
    assertTrue(underruns(0));
  }

  @Test
  void sharedBlocksUnderrunBothPipes() {
    int surface = display.filled(0);
    for (int pipe = 0; pipe < 2; pipe++) {
      display.start(pipe, FULL_HD);
      display.showRows(pipe, surface);
    }
    device.runMillis(17);
    assertFalse(underruns(0));
    display.write(PLANE_BUF_CFG + PIPE_BYTES, 80 << PLANE_BUF_CFG_END_SHIFT | 40);
    display.write(PLANE_SURF + PIPE_BYTES, surface);
    device.runMillis(17);
    assertTrue(underruns(0));
    assertTrue(underruns(1));
  }

  private boolean underruns(int pipe) {
    return (display.read(DE_PIPE_ISR + 0x10 * pipe) & DE_PIPE_ISR_UNDERRUN) != 0;
  }

  @ParameterizedTest
  @CsvSource({
    "2047, true", // the last block
    "2048, false"
  })
  void blocksBeyondTheEndUnderrun(int end, boolean served) {
    display.start(0, FULL_HD);
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_BUF_CFG, end << PLANE_BUF_CFG_END_SHIFT | 2000);
    display.write(PLANE_SURF, display.filled(0));
    device.runMillis(17);
    assertEquals(served, !underruns(0));
  }

  @Test
  void aPlaneWithoutItsWatermarkUnderruns() {
    display.start(0, FULL_HD);
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_WM_0, 32);
    display.write(PLANE_SURF, display.filled(0));
    device.runMillis(17);
    assertTrue(underruns(0));
  }

  @Test
  void theCursorNeedsBlocksToo() {
    display.start(0, FULL_HD);
    display.write(CUR_CTL, CUR_CTL_MODE__64_ARGB);
    display.write(CUR_BASE, display.filled(4, 0));
    device.runMillis(17);
    assertTrue(underruns(0));
    display.write(CUR_BUF_CFG, 31 << CUR_BUF_CFG_END_SHIFT);
    display.write(CUR_WM_0, CUR_WM_0_ENABLE | 8);
    display.write(CUR_BASE, display.filled(4, 0));
    device.runMillis(17);
    assertFalse(underruns(0));
  }

  @ParameterizedTest
  @CsvSource({
    "800, false", // 148.5 MHz by 4 are 594 MHz, and two pixels a clock of 307.2 MHz are 614.4
    "700, true"
  })
  void shrinkingNeedsMorePixelsThanCdclkLetsThrough(int width, boolean tooMany) {
    display.start(0, FULL_HD);
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 50, 800, 800);
    display.write(PS_CTRL, PS_CTRL_ENABLE | 1 << PS_CTRL_BINDING_SHIFT);
    display.write(PS_WIN_SZ, width << 16 | 200);
    display.write(PLANE_SURF, 0);
    device.runMillis(17);
    assertEquals(tooMany, underruns(0));
  }

  @Test
  void allPipesUnderrunWhenMemoryIsTooSlow() {
    // planes of 4 bytes at 594 MHz: fourteen fetch 33.3 GB/s, fifteen 35.6
    display.write(CDCLK_PLL_ENABLE, CDCLK_PLL_ENABLE_ENABLE | 34);
    display.write(DPLL_CFGCR1, DPLL_CFGCR1_P_DIVIDER__3 | DPLL_CFGCR1_K_DIVIDER__1);
    for (int pipe = 0; pipe < 3; pipe++) display.start(pipe, FULL_HD);
    int surface = display.filled(0);
    for (int i = 0; i < 15; i++) {
      assertFalse(underruns(0));
      int pipe = i / 7;
      int plane = i % 7;
      display.setUpPlane(pipe, plane, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
      display.write(PLANE_SURF + plane(pipe, plane), surface);
      device.runMillis(5);
    }
    for (int pipe = 0; pipe < 3; pipe++) assertTrue(underruns(pipe));
  }
}
