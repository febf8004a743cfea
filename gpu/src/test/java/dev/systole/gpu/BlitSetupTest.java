package dev.systole.gpu;

import static dev.systole.gpu.BlitFixture.CLIPPED;
import static dev.systole.gpu.BlitFixture.DEPTH_32;
import static dev.systole.gpu.BlitFixture.at;
import static dev.systole.gpu.CommandFixture.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;

/** The 2D setup commands, and pixels, scan lines and text, which draw with their state. */
class BlitSetupTest {
  private static final int PITCH = 256;
  private static final int RED = 0xffff0000;
  private static final int BLUE = 0xff0000ff;
  private static final int FILL = 0xf00000;
  private static final int COPY = 0xcc0000;

  private final BlitFixture f = new BlitFixture();

  private int[] setup(int mode, int clipFirst, int clipLast) {
    return command(
        0x40700008,
        DEPTH_32 | mode | PITCH,
        clipFirst,
        clipLast,
        f.target.low(),
        f.target.high(),
        BLUE,
        RED,
        f.source.low(),
        f.source.high());
  }

  private int[] monoSetup(int mode, int low, int high) {
    return command(
        0x44700008,
        DEPTH_32 | FILL | mode | PITCH,
        0,
        0,
        f.target.low(),
        f.target.high(),
        BLUE,
        RED,
        low,
        high);
  }

  private String red(int y) {
    return f.row(y, PITCH, 10, RED);
  }

  private String blue(int y) {
    return f.row(y, PITCH, 10, BLUE);
  }

  @Test
  void pixelHasTheForegroundColorWhereTheClipRectangleLetsIt() {
    f.run(
        setup(CLIPPED | FILL, at(2, 1), at(5, 3)),
        command(0x49000000, at(2, 1)),
        command(0x49000000, at(4, 1)),
        command(0x49000000, at(5, 1)),
        command(0x49000000, at(3, 3)));
    assertEquals("..#.#.....", red(1));
    assertEquals("..........", red(3), "the far corner is outside");
  }

  @Test
  void scanLinesRepeatTheMonochromePatternFromItsSeeds() {
    f.run(
        monoSetup(0, 0x0000_00c1, 0),
        command(0x49400001 | 1 << 12, at(0, 0), at(10, 1)),
        command(0x49400001 | 7 << 8, at(0, 1), at(10, 2)));
    assertEquals("#.....###.", red(0), "pattern column 1 is the target's column 0");
    assertEquals(".#####...#", blue(0));
    assertEquals("##.....###", red(1), "row 1 and seed 7 are row 0 of the pattern");
  }

  @Test
  void solidPatternIsForegroundEverywhere() {
    f.run(monoSetup(1 << 31, 0, 0), command(0x49400001, at(1, 0), at(4, 1)));
    assertEquals(".###......", red(0));
  }

  @Test
  void textOfBytesBeginsEveryRowWithAByteAndTextOfBitsDoesNot() {
    f.gpu.store(f.source.bus(), 0x0000_a050);
    int[] area = {at(0, 0), at(4, 2)};
    f.run(
        setup(COPY, 0, 0), command(0x49810003, area[0], area[1], f.source.low(), f.source.high()));
    assertEquals(".#.#......", red(0));
    assertEquals("#.#.......", red(1));
    assertEquals("#.#.......", blue(0), "zeroes are background");
    f.run(command(0x49800003, area[0], area[1], f.source.low(), f.source.high()));
    assertEquals(".#.#......", red(0));
    assertEquals("..........", red(1));
  }

  @Test
  void transparentTextLeavesItsBackgroundAlone() {
    f.run(setup(COPY | 1 << 29, 0, 0), command(0x4c410003, at(0, 0), at(8, 1), 0x81, 0));
    assertEquals("#......#..", red(0));
    assertEquals("..........", blue(0));
  }

  @Test
  void clipRectangleHoldsForAllCommandsThatAskForIt() {
    int[] fill = {
      0x54300005,
      DEPTH_32 | CLIPPED | FILL | PITCH,
      0,
      at(9, 2),
      f.target.low(),
      f.target.high(),
      RED
    };
    f.run(command(0x40c00001, at(3, 1), at(6, 9)), fill);
    assertEquals("..........", red(0));
    assertEquals("...###....", red(1));
    fill[1] &= ~CLIPPED;
    f.run(fill);
    assertEquals("#########.", red(0));
  }

  @Test
  void everyContextKeepsItsOwnSetup() {
    var other = f.gpu.context(Engine.BCS0);
    other.tables().map(f.target.address(), f.target.bus(), 1);
    f.run(setup(FILL, 0, 0));
    f.run(other, command(0x40c00001, at(3, 1), at(6, 9)), command(0x49000000, at(1, 0)));
    assertEquals("..........", red(0), "nothing was set up there");
    f.run(command(0x49000000, at(1, 0)));
    assertEquals(".#........", red(0));
  }
}
