package dev.systole.gpu.command;

import dev.systole.gpu.memory.Page;

/**
 * Where the bytes of a picture lie: rows of {@code pitchBytes}, plain or in tiles of 4 KiB (X: 8
 * rows of 512 bytes; Y: 32 rows of 128 bytes, in columns of 16 bytes).
 */
final class Surface {
  enum Tiling {
    LINEAR,
    X,
    Y
  }

  /** The width of a column of a Y tile. */
  static final int COLUMN_BYTES = 16;

  private static final int TILE_SHIFT = 12;
  private static final int X_WIDTH_SHIFT = 9;
  private static final int X_ROWS_SHIFT = 3;
  private static final int Y_WIDTH_SHIFT = 7;
  private static final int Y_ROWS_SHIFT = 5;
  private static final int Y_COLUMN_SHIFT = 4;

  private long base;
  private int pitchBytes;
  private int tilesPerRow;
  private Tiling tiling;

  /** Describes another picture. */
  void set(long baseAddress, int pitch, Tiling layout) {
    base = baseAddress;
    pitchBytes = pitch;
    tiling = layout;
    tilesPerRow = pitch >> (layout == Tiling.Y ? Y_WIDTH_SHIFT : X_WIDTH_SHIFT);
  }

  long base() {
    return base;
  }

  /** Address of the first byte of row {@code y}. */
  long row(int y) {
    return switch (tiling) {
      case LINEAR -> base + (long) y * pitchBytes;
      case X -> tile(y >> X_ROWS_SHIFT) + (low(y, X_ROWS_SHIFT) << X_WIDTH_SHIFT);
      case Y -> tile(y >> Y_ROWS_SHIFT) + (low(y, Y_ROWS_SHIFT) << Y_COLUMN_SHIFT);
    };
  }

  private long tile(int tileRow) {
    return base + ((long) tileRow * tilesPerRow << TILE_SHIFT);
  }

  /** How far behind the first byte of its row byte {@code x} lies. */
  long column(int x) {
    return switch (tiling) {
      case LINEAR -> x;
      case X -> ((long) (x >> X_WIDTH_SHIFT) << TILE_SHIFT) + low(x, X_WIDTH_SHIFT);
      case Y -> {
        int column = low(x, Y_WIDTH_SHIFT) >> Y_COLUMN_SHIFT;
        long tile = (long) (x >> Y_WIDTH_SHIFT) << TILE_SHIFT;
        yield tile + (column << Y_ROWS_SHIFT + Y_COLUMN_SHIFT) + low(x, Y_COLUMN_SHIFT);
      }
    };
  }

  /** How many bytes of a row lie side by side from byte {@code x} on. */
  int contiguous(int x) {
    return switch (tiling) {
      case LINEAR -> Integer.MAX_VALUE;
      case X -> (1 << X_WIDTH_SHIFT) - low(x, X_WIDTH_SHIFT);
      case Y -> (1 << Y_COLUMN_SHIFT) - low(x, Y_COLUMN_SHIFT);
    };
  }

  /**
   * How many columns of {@link #COLUMN_BYTES} follow at equal steps in the page of byte {@code x}.
   */
  int columns(int x, int offsetInPage) {
    int bytes =
        switch (tiling) {
          case LINEAR -> Page.BYTES - offsetInPage;
          case X -> contiguous(x);
          case Y -> (1 << Y_WIDTH_SHIFT) - low(x, Y_WIDTH_SHIFT);
        };
    return bytes >> Y_COLUMN_SHIFT;
  }

  /** From one of those columns to the next. */
  int columnStep() {
    return tiling == Tiling.Y ? COLUMN_BYTES << Y_ROWS_SHIFT : COLUMN_BYTES;
  }

  private static int low(int value, int bits) {
    return value & (1 << bits) - 1;
  }
}
