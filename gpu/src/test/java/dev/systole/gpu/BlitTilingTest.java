package dev.systole.gpu;

import static dev.systole.gpu.BlitFixture.BYTES;
import static dev.systole.gpu.BlitFixture.DEPTH_32;
import static dev.systole.gpu.BlitFixture.at;
import static dev.systole.gpu.CommandFixture.command;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.platform.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles of the commands that are made for them; those of DG2 differ (gen12-commands.md 3.2). */
class BlitTilingTest {
  private static final int PITCH = 1024;
  private static final int ROWS = BYTES / PITCH;
  private static final int TILE4 = 2;
  private static final int TILE64 = 3;

  /** XY_BLOCK_COPY_BLT of DG2, 32 bits a pixel, from the source or back to it. */
  private static int[] blockCopy(BlitFixture f, int tiling, boolean back) {
    int linear = PITCH - 1;
    int tiled = tiling << 30 | PITCH / 4 - 1;
    var from = back ? f.target : f.source;
    var to = back ? f.source : f.target;
    return CommandFixture.join(
        command(0x50500014, back ? linear : tiled, 0, at(PITCH / 4, ROWS), to.low(), to.high(), 0),
        command(0, back ? tiled : linear, from.low(), from.high(), 0),
        new int[10]);
  }

  private static int tile4(int x, int y) {
    int tile = y / 32 * (PITCH / 128) + x / 128;
    int line = (y % 32 / 8 * 4 + x % 128 / 64 * 2 + y % 8 / 4) * 4 + x % 64 / 16;
    return tile * 4096 + line * 64 + y % 4 * 16 + x % 16;
  }

  private static int tile64(int x, int y) {
    int tile = y / 128 * (PITCH / 512) + x / 512;
    int block = y % 128 / 32 * 4 + x % 512 / 128;
    return tile * 65536 + block * 4096 + tile4(x % 128, y % 32);
  }

  @Test
  void tile4KeepsFourRowsOfSixteenBytesInACacheLine() {
    var f = new BlitFixture(Platform.DG2);
    f.run(blockCopy(f, TILE4, false));
    byte[] tiled = f.read(f.target);
    for (int i = 0; i < BYTES; i++) {
      assertEquals(f.picture[i], tiled[tile4(i % PITCH, i / PITCH)], "byte " + i);
    }
  }

  @Test
  void tile64IsSixteenBlocksOfTile4() {
    var f = new BlitFixture(Platform.DG2);
    int half = at(128, ROWS);
    int[] copy = blockCopy(f, TILE64, false);
    copy[3] = half;
    f.run(copy);
    byte[] tiled = f.read(f.target);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < 512; x++) {
        assertEquals(f.picture[y * PITCH + x], tiled[tile64(x, y)], x + "," + y);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, TILE4})
  void blockCopyOfDg2TilesAndBack(int tiling) {
    var f = new BlitFixture(Platform.DG2);
    f.run(blockCopy(f, tiling, false));
    f.write(f.source, new byte[BYTES]);
    f.run(blockCopy(f, tiling, true));
    assertArrayEquals(f.picture, f.read(f.source));
  }

  @Test
  void fastCopyOfDg2KnowsTile4() {
    var f = new BlitFixture(Platform.DG2);
    f.run(
        command(
            0x50800008 | 2 << 13,
            DEPTH_32 | 1 << 30 | PITCH / 4,
            0,
            at(PITCH / 4, ROWS),
            f.target.low(),
            f.target.high(),
            0,
            PITCH,
            f.source.low(),
            f.source.high()));
    assertEquals(f.picture[5 * PITCH + 70], f.read(f.target)[tile4(70, 5)]);
  }

  /** Offsets shift the rectangle; the pitch of tiles counts dwords. */
  @Test
  void fastColorFillsYTilesOfTigerLake() {
    var f = new BlitFixture();
    f.run(
        command(
            0x51100009,
            1 << 30 | PITCH / 4 - 1,
            at(1, 1),
            at(3, 4),
            f.target.low(),
            f.target.high()),
        command(at(40, 33), 0x11223344, 0, 0, 0));
    byte[] bytes = f.read(f.target);
    int found = 0;
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < PITCH; x++) {
        int tile = (y / 32 * (PITCH / 128) + x / 128) * 4096;
        if (bytes[tile + x % 128 / 16 * 512 + y % 32 * 16 + x % 16] != 0) {
          assertTrue(x / 4 >= 41 && x / 4 < 43 && y >= 34 && y < 37, x + "," + y);
          found++;
        }
      }
    }
    assertEquals(4 * 2 * 3, found);
  }

  @Test
  void controlSurfacesAreKnownToDg2Alone() {
    var f = new BlitFixture(Platform.DG2);
    f.run(command(0x52000003, 0, 0, 0, 0));
    assertArrayEquals(new byte[BYTES], f.read(f.target));
  }
}
