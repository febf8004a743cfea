package dev.systole.gpu.naive;

import dev.systole.gpu.naive.Piece.Commands;
import java.util.Random;

/** Random blits of gen12-commands.md 3.2 inside of two pictures. */
final class RandomBlits {
  private static final int MAX_WIDTH = 40;
  private static final int MAX_HEIGHT = 12;
  private static final int[] WIDE_BYTES = {1, 2, 4, 8, 12, 16};
  private static final int[] FAST_COPY_BYTES = {1, 2, 0, 4, 8, 16};
  private static final int[] LEGACY_BYTES = {1, 2, 2, 4};

  private final Random random;
  private final DataWindows data;

  RandomBlits(Random random, DataWindows data) {
    this.random = random;
    this.data = data;
  }

  /** A picture: its pitch as commands give it, in dwords when it has tiles. */
  private record Picture(long address, int tiling, int pitch, int columns, int rows) {
    int low() {
      return (int) address;
    }

    int high() {
      return (int) (address >>> 32);
    }
  }

  private Picture picture(int number, int tiling, int pixelBytes) {
    int[] units = {4, 512, 128};
    int pitchBytes = units[tiling] * (1 + random.nextInt(1024 / units[tiling]));
    while (pitchBytes < 16) pitchBytes += 4;
    long start =
        data.address(random, DataWindows.PICTURES + number * DataWindows.PICTURE_BYTES)
            + (tiling == 0 ? 16 * random.nextInt(16) : 0);
    int rows = Math.min(64, (DataWindows.PICTURE_BYTES - 256) / pitchBytes / 32 * 32);
    return new Picture(
        start,
        tiling,
        tiling == 0 ? pitchBytes : pitchBytes / 4,
        pitchBytes / pixelBytes,
        Math.max(rows, 32));
  }

  private int corner(Picture picture, int width, int height) {
    int x = random.nextInt(picture.columns() - width + 1);
    int y = random.nextInt(picture.rows() - height + 1);
    return y << 16 | x;
  }

  private int width(Picture... pictures) {
    int most = MAX_WIDTH;
    for (Picture picture : pictures) most = Math.min(most, picture.columns());
    return random.nextInt(most + 1);
  }

  private int height() {
    return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(MAX_HEIGHT);
  }

  private static int behind(int corner, int width, int height) {
    return corner + (height << 16) + width;
  }

  Commands next() {
    return switch (random.nextInt(5)) {
      case 0 -> color();
      case 1 -> sourceCopy();
      case 2 -> fastCopy();
      case 3 -> fastColor();
      default -> blockCopy();
    };
  }

  /** Which channels a blit of 32 bits writes; others write all. */
  private int channels(int depth) {
    return (depth == 3 ? random.nextInt(4) : 3) << 20;
  }

  /** A table of four results for an operand and the target, spread so that no other counts. */
  private int patternRop() {
    int table = random.nextInt(16);
    return (table & 3) * 5 | (table >>> 2) * 0x50;
  }

  private int sourceRop() {
    return random.nextBoolean() ? 0xcc : random.nextInt(16) * 0x11;
  }

  /** Whether tiles are X or Y stands in BCS_SWCTRL: the picture must suit both. */
  private Picture legacy(int number, int depth) {
    return picture(number, random.nextInt(2), LEGACY_BYTES[depth]);
  }

  private Commands color() {
    int depth = random.nextInt(4);
    Picture to = legacy(0, depth);
    int width = width(to);
    int height = height();
    int corner = corner(to, width, height);
    return Commands.of(
        0x54000005 | channels(depth) | to.tiling() << 11,
        depth << 24 | patternRop() << 16 | to.pitch(),
        corner,
        behind(corner, width, height),
        to.low(),
        to.high(),
        random.nextInt());
  }

  /** One picture is the target and the source only when it has no tiles: they might differ. */
  private Commands sourceCopy() {
    int depth = random.nextInt(4);
    Picture from = legacy(0, depth);
    Picture to = from.tiling() == 0 && random.nextBoolean() ? from : legacy(1, depth);
    int width = width(from, to);
    int height = height();
    int corner = corner(to, width, height);
    return Commands.of(
        0x54c00008 | channels(depth) | from.tiling() << 15 | to.tiling() << 11,
        depth << 24 | sourceRop() << 16 | to.pitch(),
        corner,
        behind(corner, width, height),
        to.low(),
        to.high(),
        corner(from, width, height),
        from.pitch(),
        from.low(),
        from.high());
  }

  private Commands fastCopy() {
    int[] depths = {0, 1, 3, 4, 5};
    int depth = depths[random.nextInt(depths.length)];
    Picture from = picture(0, random.nextInt(3), FAST_COPY_BYTES[depth]);
    Picture to = picture(1, random.nextInt(3), FAST_COPY_BYTES[depth]);
    int width = width(from, to);
    int height = height();
    int corner = corner(to, width, height);
    return Commands.of(
        0x50800008 | from.tiling() << 20 | to.tiling() << 13,
        depth << 24 | to.pitch(),
        corner,
        behind(corner, width, height),
        to.low(),
        to.high(),
        corner(from, width, height),
        from.pitch(),
        from.low(),
        from.high());
  }

  private Commands fastColor() {
    int depth = random.nextInt(6);
    Picture to = picture(0, 2 * random.nextInt(2), WIDE_BYTES[depth]);
    int width = width(to);
    int height = height();
    int corner = corner(to, width, height);
    return Commands.of(
        0x51000009 | depth << 19,
        control(to),
        corner,
        behind(corner, width, height),
        to.low(),
        to.high(),
        0,
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt());
  }

  private static int control(Picture picture) {
    return picture.pitch() - 1 | picture.tiling() >>> 1 << 30;
  }

  private Commands blockCopy() {
    int depth = random.nextInt(6);
    Picture from = picture(0, 2 * random.nextInt(2), WIDE_BYTES[depth]);
    Picture to = picture(1, 2 * random.nextInt(2), WIDE_BYTES[depth]);
    int width = width(from, to);
    int height = height();
    int corner = corner(to, width, height);
    return Commands.of(
        0x5040000a | depth << 19,
        control(to),
        corner,
        behind(corner, width, height),
        to.low(),
        to.high(),
        0,
        corner(from, width, height),
        control(from),
        from.low(),
        from.high(),
        0);
  }
}
