package dev.systole.gpu.command;

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

  private static final int TILE_BYTES = 4096;
  private static final int X_TILE_WIDTH = 512;
  private static final int X_TILE_ROWS = 8;
  private static final int Y_TILE_WIDTH = 128;
  private static final int Y_TILE_ROWS = 32;
  private static final int Y_COLUMN_WIDTH = 16;

  private long base;
  private int pitchBytes;
  private Tiling tiling;

  /** Describes another picture. */
  void set(long baseAddress, int pitch, Tiling layout) {
    base = baseAddress;
    pitchBytes = pitch;
    tiling = layout;
  }

  long base() {
    return base;
  }

  /** Address of byte {@code x} of row {@code y}. */
  long address(int x, int y) {
    return switch (tiling) {
      case LINEAR -> base + (long) y * pitchBytes + x;
      case X -> {
        long tile = (long) (y / X_TILE_ROWS) * (pitchBytes / X_TILE_WIDTH) + x / X_TILE_WIDTH;
        yield base + tile * TILE_BYTES + y % X_TILE_ROWS * X_TILE_WIDTH + x % X_TILE_WIDTH;
      }
      case Y -> {
        long tile = (long) (y / Y_TILE_ROWS) * (pitchBytes / Y_TILE_WIDTH) + x / Y_TILE_WIDTH;
        int column = x % Y_TILE_WIDTH / Y_COLUMN_WIDTH;
        int inTile = (column * Y_TILE_ROWS + y % Y_TILE_ROWS) * Y_COLUMN_WIDTH;
        yield base + tile * TILE_BYTES + inTile + x % Y_COLUMN_WIDTH;
      }
    };
  }

  /** How many bytes of a row lie side by side from byte {@code x} on. */
  int contiguous(int x) {
    return switch (tiling) {
      case LINEAR -> Integer.MAX_VALUE;
      case X -> X_TILE_WIDTH - (x & X_TILE_WIDTH - 1);
      case Y -> Y_COLUMN_WIDTH - (x & Y_COLUMN_WIDTH - 1);
    };
  }
}
