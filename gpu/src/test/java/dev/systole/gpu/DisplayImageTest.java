package dev.systole.gpu;

import static dev.systole.gpu.DisplayFixture.SMALL;
import static dev.systole.gpu.DisplayFixture.plane;
import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pipe sends to its port (i915-kernel.md 8.1 and 8.2). */
class DisplayImageTest {
  private static final int BLACK = 0xff000000;
  private static final int XRGB = PLANE_CTL_FORMAT_XRGB_8888;

  /** Every pixel of a surface is different: its column and its row. */
  private static final IntBinaryOperator COORDINATES = (x, y) -> x << 8 | y;

  private final DisplayFixture display = new DisplayFixture();

  // ---- surfaces

  private interface Place {
    long at(int x, int y);
  }

  /**
   * A surface of 64 by 64 pixels; one of 3 tiles of X or Y in a row has its pixels in the first.
   */
  private int surface(int pages, Place place, IntBinaryOperator pixels) {
    long bus = display.device.allocate(pages);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        display.device.store(bus + place.at(x, y), pixels.applyAsInt(x, y));
      }
    }
    return display.device.mapGgtt(bus, pages);
  }

  private int rows(IntBinaryOperator pixels) {
    return surface(4, (x, y) -> 256L * y + 4L * x, pixels);
  }

  private static long yTile(int x, int y) {
    return (y / 32 * 2 + x / 32) * 4096L + x % 32 / 4 * 512 + y % 32 * 16 + x % 4 * 4;
  }

  private static int opaque(int colour) {
    return BLACK | colour;
  }

  private void show(int control, int stride, int surface) {
    show(control, stride, 64, 48, surface);
  }

  private void show(int control, int stride, int width, int height, int surface) {
    display.setUpPlane(0, 0, control, stride, width, height);
    display.write(PLANE_SURF, surface);
    display.start(0, SMALL);
  }

  private void assertPixels(IntBinaryOperator expected) {
    var picture = display.picture(0);
    assertEquals(64, picture.width());
    assertEquals(48, picture.height());
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        int pixel = picture.pixel(x, y);
        int wanted = opaque(expected.applyAsInt(x, y));
        if (pixel != wanted) {
          assertEquals("%08x".formatted(wanted), "%08x".formatted(pixel), x + ", " + y);
        }
      }
    }
  }

  // ---- fetching

  @Test
  void aPipeThatDoesNotRunShowsNothing() {
    assertTrue(display.device.gpu.scanOut(0).isEmpty());
  }

  @Test
  void aPipeWithoutPlanesShowsItsBottomColour() {
    display.write(PIPE_BOTTOM_COLOR, 0x80 << 22 | 0x40 << 12 | 0x20 << 2);
    display.start(0, SMALL);
    assertPixels((x, y) -> 0x804020);
  }

  @Test
  void rowsAreFetched() {
    show(XRGB, 4, rows(COORDINATES));
    assertPixels(COORDINATES);
  }

  @Test
  void tilesOfXAreFetched() {
    Place place = (x, y) -> (y / 8) * 4096L + y % 8 * 512 + 4L * x;
    show(XRGB | PLANE_CTL_TILING_X, 1, surface(8, place, COORDINATES));
    assertPixels(COORDINATES);
  }

  @Test
  void tilesOfYAreFetched() {
    int surface = surface(4, DisplayImageTest::yTile, COORDINATES);
    show(XRGB | PLANE_CTL_TILING_Y, 2, surface);
    assertPixels(COORDINATES);
  }

  @Test
  void theOffsetMovesWithinTheSurface() {
    int surface = surface(4, DisplayImageTest::yTile, COORDINATES);
    display.setUpPlane(0, 0, XRGB | PLANE_CTL_TILING_Y, 2, 20, 10);
    display.write(PLANE_OFFSET, 7 << 16 | 30);
    display.write(PLANE_SURF, surface);
    display.start(0, SMALL);
    assertPixels((x, y) -> x < 20 && y < 10 ? COORDINATES.applyAsInt(x + 30, y + 7) : 0);
  }

  @Test
  void whatIsNotMappedIsBlack() {
    show(XRGB, 4, 0x4000_0000);
    assertPixels((x, y) -> 0);
  }

  @Test
  void formatsWithRedAndBlueExchanged() {
    show(XRGB | PLANE_CTL_RGBX_ORDER, 4, rows((x, y) -> 0x112233));
    assertEquals(0xff332211, display.pixel(0, 0, 0));
  }

  @Test
  void sixteenAndThirtyBitsAreWidened() {
    show(PLANE_CTL_FORMAT_XRGB_2101010, 4, rows((x, y) -> 0x3ff << 20 | 0x200 << 10 | 4));
    assertEquals(0xffff8001, display.pixel(0, 3, 3));
    // two pixels a dword: red, then blue
    display.setUpPlane(0, 0, PLANE_CTL_FORMAT_RGB_565, 4, 64, 48);
    display.write(PLANE_SURF, rows((x, y) -> 0x001f_f800));
    display.device.runMillis(1);
    assertEquals(0xffff0000, display.pixel(0, 4, 3));
    assertEquals(0xff0000ff, display.pixel(0, 5, 3));
  }

  // ---- turning

  @Test
  void turnedByHalf() {
    show(XRGB | PLANE_CTL_ROTATION__180, 4, rows(COORDINATES));
    assertPixels((x, y) -> COORDINATES.applyAsInt(63 - x, 47 - y));
  }

  @Test
  void mirrored() {
    show(XRGB | PLANE_CTL_HORIZONTAL_FLIP, 4, rows(COORDINATES));
    assertPixels((x, y) -> COORDINATES.applyAsInt(63 - x, y));
  }

  /**
   * A picture of 48 by 64 pixels in tiles of Y, two by two, mapped column by column from the bottom
   * up: turned clockwise it fills the screen.
   */
  private int turnedSurface() {
    long bus = display.device.allocate(4);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 48; x++) {
        display.device.store(bus + yTile(x, y), COORDINATES.applyAsInt(x, y));
      }
    }
    int address = display.device.mapGgtt(bus + 2 * 4096, 1);
    display.device.mapGgtt(bus, 1);
    display.device.mapGgtt(bus + 3 * 4096, 1);
    display.device.mapGgtt(bus + 4096, 1);
    return address;
  }

  @Test
  void turnedByAQuarterClockwise() {
    show(XRGB | PLANE_CTL_TILING_Y | PLANE_CTL_ROTATION__90, 2, turnedSurface());
    assertPixels((x, y) -> COORDINATES.applyAsInt(y, 63 - x));
  }

  @Test
  void turnedByThreeQuartersClockwise() {
    show(XRGB | PLANE_CTL_TILING_Y | PLANE_CTL_ROTATION__270, 2, turnedSurface());
    assertPixels((x, y) -> COORDINATES.applyAsInt(47 - y, x));
  }

  @Test
  void rowsCannotBeTurnedByAQuarter() {
    show(XRGB | PLANE_CTL_ROTATION__90, 4, rows(COORDINATES));
    assertPixels((x, y) -> 0);
  }

  // ---- scaling

  @Test
  void aPlaneIsScaledIntoItsWindow() {
    display.setUpPlane(0, 0, XRGB, 4, 16, 12);
    display.write(PLANE_SURF, rows(COORDINATES));
    display.write(PS_WIN_POS, 8 << 16 | 4);
    display.write(PS_CTRL, PS_CTRL_ENABLE | 1 << PS_CTRL_BINDING_SHIFT);
    display.write(PS_WIN_SZ, 32 << 16 | 24);
    display.start(0, SMALL);
    assertPixels(
        (x, y) ->
            x >= 8 && x < 40 && y >= 4 && y < 28
                ? COORDINATES.applyAsInt((x - 8) / 2, (y - 4) / 2)
                : 0);
  }

  @Test
  void theWholePictureIsScaledIntoItsWindow() {
    show(XRGB, 4, rows(COORDINATES));
    display.write(PS_WIN_POS + 0x100, 0);
    display.write(PS_CTRL + 0x100, PS_CTRL_ENABLE);
    display.write(PS_WIN_SZ + 0x100, 32 << 16 | 24);
    display.device.runMillis(1);
    assertPixels((x, y) -> x < 32 && y < 24 ? COORDINATES.applyAsInt(2 * x + 1, 2 * y + 1) : 0);
  }

  // ---- blending

  private void showAbove(int plane, int surface, int width, int height) {
    display.setUpPlane(0, plane, XRGB, 4, width, height);
    int block = plane(0, plane);
    display.write(PLANE_POS + block, 10 << 16 | 20);
    display.write(PLANE_SURF + block, surface);
  }

  @Test
  void planesLieAboveEachOther() {
    showAbove(6, rows((x, y) -> 0x00ff00), 10, 10);
    showAbove(2, rows((x, y) -> 0xff0000), 20, 20);
    show(XRGB, 4, rows((x, y) -> 0x0000ff));
    assertPixels(
        (x, y) ->
            x >= 20 && y >= 10 && x < 40 && y < 30
                ? x < 30 && y < 20 ? 0x00ff00 : 0xff0000
                : 0x0000ff);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ffff0000", // alpha does not count
    "2, ffff007f", // multiplied by software
    "3, ff80007f" // multiplied by the plane
  })
  void alphaBlends(int mode, String expected) {
    show(XRGB, 4, rows((x, y) -> 0x0000ff));
    display.setUpPlane(0, 1, XRGB, 4, 10, 10);
    int block = plane(0, 1);
    display.write(
        PLANE_COLOR_CTL + block,
        PLANE_COLOR_CTL_GAMMA_DISABLE | mode << PLANE_COLOR_CTL_ALPHA_MODE_SHIFT);
    display.write(PLANE_SURF + block, rows((x, y) -> 0x80ff0000));
    display.device.runMillis(1);
    assertEquals(expected, "%08x".formatted(display.pixel(0, 3, 3)));
  }

  @Test
  void aPlaneCanHaveOneAlpha() {
    show(XRGB, 4, rows((x, y) -> 0x0000ff));
    display.setUpPlane(0, 1, XRGB, 4, 10, 10);
    display.write(PLANE_KEYMSK + plane(0, 1), PLANE_KEYMSK_ALPHA_ENABLE);
    display.write(PLANE_KEYMAX + plane(0, 1), 0x33 << PLANE_KEYMAX_ALPHA_SHIFT);
    display.write(PLANE_SURF + plane(0, 1), rows((x, y) -> 0xff0000));
    display.device.runMillis(1);
    assertEquals(0xff3300cc, display.pixel(0, 3, 3));
  }

  @Test
  void keysMakeColoursTransparent() {
    show(XRGB, 4, rows((x, y) -> x < 32 ? 0x0000ff : 0x00ff00));
    display.setUpPlane(0, 1, XRGB | PLANE_CTL_KEY_SOURCE, 4, 64, 48);
    display.write(PLANE_KEYVAL + plane(0, 1), 0x123456);
    display.write(PLANE_KEYMSK + plane(0, 1), 0xffffff);
    display.write(PLANE_SURF + plane(0, 1), rows((x, y) -> y < 10 ? 0x123456 : 0xff0000));
    display.device.runMillis(1);
    assertPixels((x, y) -> y >= 10 ? 0xff0000 : x < 32 ? 0x0000ff : 0x00ff00);
    display.write(PLANE_CTL + plane(0, 1), PLANE_CTL_ENABLE | XRGB | PLANE_CTL_KEY_DESTINATION);
    display.write(PLANE_KEYVAL + plane(0, 1), 0x00ff00);
    display.write(PLANE_SURF + plane(0, 1), rows((x, y) -> 0xff0000));
    display.device.runMillis(1);
    assertPixels((x, y) -> x < 32 ? 0x0000ff : 0xff0000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, CUR_CTL_ROTATE_180})
  void theCursorLiesAboveAll(int turned) {
    show(XRGB, 4, rows((x, y) -> 0x0000ff));
    // a red half above a transparent one
    int cursor = rows((x, y) -> y < 32 ? 0xffff0000 : 0);
    display.write(CUR_CTL, CUR_CTL_MODE__64_ARGB | turned);
    display.write(CUR_POS, CUR_POS_X_SIGN | 54 | CUR_POS_Y_SIGN | 10 << CUR_POS_Y_SHIFT);
    display.write(CUR_BASE, cursor);
    display.device.runMillis(1);
    assertPixels((x, y) -> x < 10 && (turned == 0 ? y < 22 : y >= 22) ? 0xff0000 : 0x0000ff);
    assertEquals(cursor, display.read(CUR_SURFLIVE));
  }
}
