package dev.systole.gpu;

import static dev.systole.spec.gen12.VideoCommands.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slices take time by what they cover of the picture (gen12-commands.md 3.4, 4.2). */
class VideoTest {
  private static final int READ_TIME = 0x12000002;
  private static final int TIMESTAMP = 0x1c0358;
  private static final int MACROBLOCK = Platform.TGL.costs().macroblock();

  private final GpuFixture fixture = new GpuFixture();

  /** Clocks of 1300 MHz between two time stamps around the command, to within a few ticks. */
  private long clocks(Engine engine, int[] state, int[] command) {
    var context = fixture.context(engine);
    var data = context.tables().buffer(1);
    int timestamp = engine.mmioBase() + (TIMESTAMP & 0xfff);
    int[] before = {READ_TIME, timestamp, data.low(), data.high()};
    int[] after = {READ_TIME, timestamp, data.low() + 4, data.high()};
    context.emitBatch(context.batch(Commands.join(state, before, command, after)));
    fixture.submit(context);
    fixture.runMillis(100);
    long ticks = fixture.load(data.bus() + 4) - fixture.load(data.bus());
    return ticks * 1_300_000_000L / 19_200_000;
  }

  private static void assertMacroblocks(long expected, long clocks) {
    assertEquals(expected, Math.round((double) clocks / MACROBLOCK), 0.05 * expected);
  }

  private static int[] avcPicture(int width, int height) {
    int[] picture = new int[21];
    picture[0] = MFX_AVC_IMG_STATE | 19;
    picture[1] = width * height;
    picture[2] = height - 1 << 16 | width - 1;
    return picture;
  }

  private static int[] avcSlice(int firstX, int firstY, int nextX, int nextY) {
    int[] slice = new int[11];
    slice[0] = MFX_AVC_SLICE_STATE | 9;
    slice[4] = firstY << 24 | firstX << 16;
    slice[5] = nextY << 16 | nextX;
    return slice;
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 68, 8160", "0, 0, 60, 10, 1260", "60, 10, 0, 0, 6900"})
  void anAvcSliceCoversWhatLiesBeforeTheNext(int x, int y, int nextX, int nextY, int blocks) {
    int[] state = Commands.join(avcPicture(120, 68), avcSlice(x, y, nextX, nextY));
    int[] object = {MFD_AVC_BSD_OBJECT | 5, 0, 0, 0, 0, 0, 0};
    assertMacroblocks(blocks, clocks(Engine.VCS0, state, object));
  }

  /** 1920 by 1080 in tree blocks of 64: 30 by 17. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0, 510", "0, 0, 15, 8, 255", "15, 8, 0, 0, 255"})
  void anHevcSliceCoversTreeBlocks(int x, int y, int nextX, int nextY, int treeBlocks) {
    int[] picture = new int[41];
    picture[0] = HCP_PIC_STATE | 39;
    picture[1] = 134 << 16 | 239;
    picture[2] = 3 << 2;
    int[] slice = new int[13];
    slice[0] = HCP_SLICE_STATE | 11;
    slice[1] = y << 16 | x;
    slice[2] = nextY << 16 | nextX;
    int[] object = {HCP_BSD_OBJECT | 1, 0, 0};
    long clocks = clocks(Engine.VCS1, Commands.join(picture, slice), object);
    assertMacroblocks(treeBlocks * 16L, clocks);
  }

  @Test
  void aVp9ObjectIsAWholePicture() {
    int[] picture = new int[42];
    picture[0] = HCP_VP9_PIC_STATE | 40;
    picture[1] = 719 << 16 | 1279;
    int[] object = {HCP_BSD_OBJECT | 1, 0, 0};
    assertMacroblocks(80 * 45, clocks(Engine.VCS0, picture, object));
  }

  @Test
  void otherBitStreamsTakeTimeByTheirBytes() {
    int[] object = {MFD_MPEG2_BSD_OBJECT | 3, 1_000_000, 0, 0, 0};
    assertEquals(1_000_000, clocks(Engine.VCS0, new int[0], object), 20_000);
  }

  @Test
  void theEnhancementBoxGoesOverItsColumnsOfTheSurface() {
    int[] surface = new int[9];
    surface[0] = VEBOX_SURFACE_STATE | 7;
    surface[2] = 1079 << 18 | 1919 << 4;
    int[] half = new int[24];
    half[0] = VEB_DI_IECP | 22;
    half[1] = 960 << 16 | 1919;
    long clocks = clocks(Engine.VECS0, surface, half);
    assertEquals(960 * 1080 / Platform.TGL.costs().pixelsPerClock(), clocks, 10_000);
  }

  @Test
  void aSliceIsFinishedBeforeAnotherContextTakesOver() {
    var first = fixture.context(Engine.VCS0);
    int[] object = {MFD_VC1_BSD_OBJECT | 3, 13_000_000, 0, 0, 0};
    fixture.submit(first.emitBatch(first.batch(object)));
    fixture.runMillis(2);
    var second = fixture.context(Engine.VCS0);
    var mark = second.tables().buffer(1);
    fixture.submit(second.emitBatch(second.batch(0x10000002, mark.low(), mark.high(), 1)));
    fixture.runMillis(7);
    assertEquals(0, fixture.load(mark.bus()));
    fixture.runMillis(2);
    assertEquals(1, fixture.load(mark.bus()));
  }
}
