package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gen12-commands.md 3.2: blits move real bytes. */
class BlitTest {
  private static final int PITCH = 512;
  private static final int ROWS = 64;
  private static final int BYTES = PITCH * ROWS;
  private static final int DEPTH_32 = 3 << 24;

  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.BCS0);
  private final Buffer source = context.tables().buffer(BYTES / 4096);
  private final Buffer target = context.tables().buffer(BYTES / 4096);
  private final byte[] picture = new byte[BYTES];

  BlitTest() {
    new Random(5).nextBytes(picture);
    fixture.gpu.writeMemory(source.bus(), picture, 0, BYTES);
  }

  private void run(int... commands) {
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.BCS0, RING_HEAD));
  }

  private byte[] result(Buffer buffer) {
    byte[] bytes = new byte[BYTES];
    fixture.gpu.readMemory(buffer.bus(), bytes, 0, BYTES);
    return bytes;
  }

  @Test
  void colorFillsTheRectangleAndNothingElse() {
    run(
        0x54300005,
        DEPTH_32 | 0xf00000 | PITCH,
        2 << 16 | 3,
        5 << 16 | 7,
        target.low(),
        target.high(),
        0x11223344);
    byte[] bytes = result(target);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < PITCH / 4; x++) {
        boolean inside = y >= 2 && y < 5 && x >= 3 && x < 7;
        assertEquals(inside ? 0x44 : 0, bytes[y * PITCH + 4 * x], x + "," + y);
      }
    }
  }

  @Test
  void colorWritesOnlyTheChannelsAskedFor() {
    run(
        0x54200005,
        DEPTH_32 | 0xf00000 | PITCH,
        0,
        1 << 16 | 1,
        target.low(),
        target.high(),
        0x11223344);
    assertEquals(0x11000000, fixture.load(target.bus()));
    run(
        0x54100005,
        DEPTH_32 | 0xf00000 | PITCH,
        0,
        1 << 16 | 1,
        target.low(),
        target.high(),
        0x55667788);
    assertEquals(0x11667788, fixture.load(target.bus()));
  }

  @Test
  void emptyRectangleWritesNoPixel() {
    run(
        0x54300005,
        DEPTH_32 | 0xf00000 | PITCH,
        5 << 16 | 5,
        5 << 16 | 9,
        target.low(),
        target.high(),
        -1);
    run(
        0x54300005,
        DEPTH_32 | 0xf00000 | PITCH,
        5 << 16 | 5,
        3 << 16 | 3,
        target.low(),
        target.high(),
        -1);
    assertArrayEquals(new byte[BYTES], result(target));
  }

  @Test
  void sourceCopyMovesARectangle() {
    run(
        0x54f00008,
        DEPTH_32 | 0xcc0000 | PITCH,
        1 << 16 | 2,
        11 << 16 | 12,
        target.low(),
        target.high(),
        3 << 16 | 4,
        PITCH,
        source.low(),
        source.high());
    byte[] bytes = result(target);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 40; x++) {
        assertEquals(picture[(y + 3) * PITCH + 16 + x], bytes[(y + 1) * PITCH + 8 + x]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x11, 0x33, 0x55, 0x66, 0x88, 0xaa, 0xcc, 0xee, 0xff})
  void rasterOperationsCombineSourceAndTarget(int rop) {
    fixture.store(target.bus(), 0x0f0f0f0f);
    fixture.store(source.bus(), 0x33333333);
    run(
        0x54f00008,
        DEPTH_32 | rop << 16 | PITCH,
        0,
        1 << 16 | 1,
        target.low(),
        target.high(),
        0,
        PITCH,
        source.low(),
        source.high());
    int expected = 0;
    for (int bit = 0; bit < 32; bit++) {
      int operand = (0x33333333 >>> bit & 1) << 1 | 0x0f0f0f0f >>> bit & 1;
      expected |= (rop >>> operand & 1) << bit;
    }
    assertEquals(expected, fixture.load(target.bus()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, -1, 1, 3, -512, 512, 515})
  void overlappingSourceCopyMovesAsIfThroughABuffer(int shift) {
    int dy = Math.floorDiv(shift + 256, 512);
    int dx = shift - 512 * dy;
    run(
        0x54f00008,
        0xcc0000 | PITCH,
        10 + dy << 16 | 10 + dx,
        30 + dy << 16 | 40 + dx,
        source.low(),
        source.high(),
        10 << 16 | 10,
        PITCH,
        source.low(),
        source.high());
    byte[] bytes = result(source);
    for (int y = 10; y < 30; y++) {
      for (int x = 10; x < 40; x++) {
        assertEquals(picture[y * PITCH + x], bytes[(y + dy) * PITCH + x + dx], x + "," + y);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fastCopyTilesAndBack(int tiling) {
    var tiled = context.tables().buffer(BYTES / 4096);
    int size = ROWS << 16 | PITCH / 4;
    run(
        0x50800008 | tiling << 13,
        DEPTH_32 | PITCH / 4,
        0,
        size,
        tiled.low(),
        tiled.high(),
        0,
        PITCH,
        source.low(),
        source.high());
    byte[] bytes = result(tiled);
    int x = 130;
    int y = 35;
    int place =
        tiling == 1
            ? y / 8 * 4096 + y % 8 * 512 + x
            : (y / 32 * (PITCH / 128) + x / 128) * 4096 + x % 128 / 16 * 512 + y % 32 * 16 + x % 16;
    assertEquals(picture[y * PITCH + x], bytes[place]);
    run(
        0x50800008 | tiling << 20,
        DEPTH_32 | PITCH,
        0,
        size,
        target.low(),
        target.high(),
        0,
        PITCH / 4,
        tiled.low(),
        tiled.high());
    assertArrayEquals(picture, result(target));
  }

  @Test
  void fastColorAndBlockCopyKnowWidePixels() {
    run(
        0x51000009 | 5 << 19,
        PITCH - 1,
        0,
        2 << 16 | 2,
        source.low(),
        source.high(),
        0,
        1,
        2,
        3,
        4,
        0x5040000a | 5 << 19,
        PITCH - 1,
        0,
        2 << 16 | 2,
        target.low(),
        target.high(),
        0,
        0,
        PITCH - 1,
        source.low(),
        source.high(),
        0);
    assertEquals(1, fixture.load(target.bus()));
    assertEquals(4, fixture.load(target.bus() + PITCH + 28));
    assertEquals(0, fixture.load(target.bus() + 32));
  }

  @Test
  void pitchOfZeroDrawsNothing() {
    run(0x54300005, DEPTH_32 | 0xf00000, 0, 2 << 16 | 2, target.low(), target.high(), -1);
    assertArrayEquals(new byte[BYTES], result(target));
  }

  @Test
  void negativePitchTurnsThePictureUpsideDown() {
    long last = source.address() + (ROWS - 1) * PITCH;
    run(
        0x54f00008,
        DEPTH_32 | 0xcc0000 | PITCH,
        0,
        ROWS << 16 | PITCH / 4,
        target.low(),
        target.high(),
        0,
        -PITCH & 0xffff,
        (int) last,
        (int) (last >>> 32));
    byte[] bytes = result(target);
    for (int i = 0; i < BYTES; i++) {
      assertEquals(picture[(ROWS - 1 - i / PITCH) * PITCH + i % PITCH], bytes[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x50000004, 0x50c00006, 0x56800008, 0x56c00005, 0x40000000, 0x52000003})
  void commandsOfOtherGenerationsAreInvalid(int header) {
    fixture.submit(context.emitBatch(context.batch(header, 0, 0, 0, 0, 0, 0, 0, 0)));
    fixture.runMillis(1);
    assertEquals(header, fixture.read(Engine.BCS0, RING_IPEHR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(Engine.BCS0, RING_EIR));
  }
}
