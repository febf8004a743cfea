package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.SMALL;
import static dev.systole.gpu.DisplayFixture.plane;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What curves and conversions make of the colours of planes (i915: intel_color.c). */
class DisplayColourTest {
  private static final int WHITE = 0xffffffff;

  private final DisplayFixture display = new DisplayFixture();

  /** Plane 1 is all of one colour. */
  private void show(int colour) {
    display.showRows(0, display.filled(colour));
    display.start(0, SMALL);
  }

  @Test
  void nv12IsConverted() {
    // rows of 64 bytes of brightness, then rows of 32 pairs of Cb and Cr: white, then red of BT.709
    int white = 235;
    int red = 63;
    long bus = display.device.allocate(2);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x += 4) {
        display.device.store(bus + 64L * y + x, (x < 32 ? white : red) * 0x01010101);
      }
    }
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 64; x += 4) {
        display.device.store(bus + 4096 + 64L * y + x, x < 32 ? 0x80808080 : 0xf066f066);
      }
    }
    int surface = display.device.mapGgtt(bus, 2);
    display.setUpPlane(0, 6, PLANE_CTL_FORMAT_NV12 | PLANE_CTL_Y_PLANE, 1, 64, 48);
    display.write(PLANE_SURF + plane(0, 6), surface);
    int colours = plane(0, 1);
    display.setUpPlane(0, 1, PLANE_CTL_FORMAT_NV12, 1, 64, 48);
    display.write(PLANE_CUS_CTL + colours, PLANE_CUS_CTL_ENABLE | PLANE_CUS_CTL_Y_PLANE_7);
    display.write(
        PLANE_COLOR_CTL + colours,
        PLANE_COLOR_CTL_GAMMA_DISABLE | PLANE_COLOR_CTL_INPUT_CSC_ENABLE);
    // i915: icl_program_input_csc, BT.709
    int[] matrix = {0x7c987800, 0, 0x9ef87800, 0xac000000, 0x00007800, 0x7ed80000};
    for (int i = 0; i < 6; i++) {
      display.write(PLANE_INPUT_CSC_COEFF_RY_GY + 4 * i + colours, matrix[i]);
    }
    display.write(PLANE_INPUT_CSC_PREOFF_HI + colours, 0x1800);
    display.write(PLANE_INPUT_CSC_PREOFF_LO + colours, 0x1800);
    display.write(PLANE_SURF + colours, surface + 4096);
    display.start(0, SMALL);
    assertEquals(WHITE, display.pixel(0, 5, 5));
    assertNear(0xff0000, display.pixel(0, 40, 40));
  }

  @Test
  void nv12OfAPlaneWithoutUpsamplerGoesThroughAScaler() {
    int surface = display.filled(1, 0x51515151);
    int pairs = display.filled(1, 0xf05af05a);
    display.setUpPlane(0, 5, PLANE_CTL_FORMAT_NV12 | PLANE_CTL_Y_PLANE, 1, 64, 48);
    display.write(PLANE_SURF + plane(0, 5), surface);
    display.write(
        PS_CTRL,
        PS_CTRL_ENABLE
            | PS_CTRL_PLANAR_MODE
            | 5 << PS_CTRL_BINDING_SHIFT
            | 6 << PS_CTRL_Y_PLANE_BINDING_SHIFT);
    display.write(PS_WIN_SZ, 64 << 16 | 48);
    display.setUpPlane(0, 4, PLANE_CTL_FORMAT_NV12, 1, 64, 48);
    display.write(
        PLANE_COLOR_CTL + plane(0, 4),
        PLANE_COLOR_CTL_GAMMA_DISABLE | PLANE_COLOR_CTL_CSC_MODE_YUV601_TO_RGB601);
    display.write(PLANE_SURF + plane(0, 4), pairs);
    display.start(0, SMALL);
    assertNear(0xff0000, display.pixel(0, 20, 20));
  }

  private static void assertNear(int expected, int pixel) {
    for (int shift = 0; shift < 24; shift += 8) {
      int distance = (expected >>> shift & 0xff) - (pixel >>> shift & 0xff);
      assertTrue(Math.abs(distance) <= 2, () -> "%08x".formatted(pixel));
    }
  }

  @Test
  void theLegacyPaletteMapsEveryChannel() {
    for (int i = 0; i < 256; i++) {
      display.write(LGC_PALETTE + 4 * i, 255 - i << 16 | i / 2 << 8 | i);
    }
    display.write(GAMMA_MODE, GAMMA_MODE_POST_CSC_GAMMA_ENABLE | GAMMA_MODE_MODE__8_BIT);
    show(0x2080c0);
    assertEquals(0xffdf40c0, display.pixel(0, 0, 0));
  }

  @Test
  void theTenBitPaletteIsWrittenByIndex() {
    display.write(PAL_PREC_INDEX, PAL_PREC_INDEX_AUTO_INCREMENT);
    for (int i = 0; i < 1024; i++) {
      int inverse = 1023 - i;
      display.write(PAL_PREC_DATA, inverse << 20 | inverse << 10 | inverse);
    }
    display.write(GAMMA_MODE, GAMMA_MODE_POST_CSC_GAMMA_ENABLE | GAMMA_MODE_MODE__10_BIT);
    show(0x00ff80);
    assertEquals(0xffff007f, display.pixel(0, 0, 0));
    display.write(PAL_PREC_INDEX, 5);
    assertEquals(1018 << 20 | 1018 << 10 | 1018, display.read(PAL_PREC_DATA));
  }

  @Test
  void theSegmentsOfTheTwelveBitCurveAreInterpolated() {
    display.write(PAL_PREC_INDEX, PAL_PREC_INDEX_AUTO_INCREMENT | 512);
    for (int i = 0; i < 256; i++) {
      int value = i << 7; // half of what comes in, of 16 bits
      display.write(PAL_PREC_DATA, (value & 0x3f) * (1 << 24 | 1 << 14 | 1 << 4));
      display.write(PAL_PREC_DATA, (value >>> 6) * (1 << 20 | 1 << 10 | 1));
    }
    for (int i = 0; i < 3; i++) display.write(PAL_PREC_GC_MAX_RED + 4 * i, 0x8000);
    display.write(GAMMA_MODE, GAMMA_MODE_POST_CSC_GAMMA_ENABLE | GAMMA_MODE_MODE_MULTI_SEGMENT);
    show(0xff8040);
    assertEquals(0xff804020, display.pixel(0, 0, 0));
  }

  @Test
  void aConversionMixesChannels() {
    show(0x804020);
    // red of blue, green of half of green, blue of red and a tenth
    display.write(PIPE_CSC_COEFF_RY_GY, 0);
    display.write(PIPE_CSC_COEFF_BY, 0x78000000);
    display.write(PIPE_CSC_COEFF_RU_GU, 0x0800);
    display.write(PIPE_CSC_COEFF_RV_GV, 0x78000000);
    display.write(PIPE_CSC_POSTOFF_LO, 0x1000 / 10);
    display.write(PIPE_CSC_MODE, PIPE_CSC_MODE_CSC_ENABLE);
    display.device.runMillis(1);
    assertEquals(0xff202099, display.pixel(0, 0, 0));
  }

  @Test
  void aPlaneHasCurvesOfItsOwn() {
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_XRGB_8888, 4, 64, 48);
    display.write(PLANE_COLOR_CTL, 0);
    display.write(PLANE_POST_CSC_GAMC_INDEX, PLANE_POST_CSC_GAMC_INDEX_AUTO_INCREMENT);
    for (int i = 0; i <= 32; i++) display.write(PLANE_POST_CSC_GAMC_DATA, 0x10000 - (i << 11));
    display.write(PLANE_SURF, display.filled(0xff8000));
    display.start(0, SMALL);
    assertEquals(0xff007fff, display.pixel(0, 0, 0));
  }
}
