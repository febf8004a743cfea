package dev.systole.driver.umd;

import static dev.systole.spec.gen12.BlitterCommands.*;

/** Commands of the copy engine on pictures of 32-bit pixels (gen12-commands.md 3.2). */
public final class BlitCommands {
  private static final int ROP_COPY = 0xcc;
  private static final int ROP_FILL = 0xf0;

  private BlitCommands() {}

  /** XY_COLOR_BLT: fills a rectangle. */
  public static void fill(
      CommandBuffer commands, Surface to, int x, int y, int width, int height, int color) {
    commands.emit(
        XY_COLOR_BLT | XY_COLOR_BLT_WRITE_ALPHA_CHANNEL | XY_COLOR_BLT_WRITE_RGB_CHANNELS,
        XY_COLOR_BLT_LENGTH_DWORDS,
        XY_COLOR_BLT_COLOR_DEPTH__32_BIT
            | ROP_FILL << XY_COLOR_BLT_RASTER_OPERATION_SHIFT
            | to.pitchBytes(),
        point(x, y),
        point(x + width, y + height),
        low(to),
        high(to),
        color);
  }

  /** XY_SRC_COPY_BLT: copies a rectangle. */
  public static void copy(
      CommandBuffer commands,
      Surface from,
      int fromX,
      int fromY,
      Surface to,
      int x,
      int y,
      int width,
      int height) {
    commands.emit(
        XY_SRC_COPY_BLT | XY_SRC_COPY_BLT_WRITE_ALPHA_CHANNEL | XY_SRC_COPY_BLT_WRITE_RGB_CHANNELS,
        XY_SRC_COPY_BLT_LENGTH_DWORDS,
        XY_SRC_COPY_BLT_COLOR_DEPTH__32_BIT
            | ROP_COPY << XY_SRC_COPY_BLT_RASTER_OPERATION_SHIFT
            | to.pitchBytes(),
        point(x, y),
        point(x + width, y + height),
        low(to),
        high(to),
        point(fromX, fromY),
        from.pitchBytes(),
        low(from),
        high(from));
  }

  /** XY_FAST_COPY_BLT: copies a rectangle; the two must not overlap. */
  public static void fastCopy(
      CommandBuffer commands,
      Surface from,
      int fromX,
      int fromY,
      Surface to,
      int x,
      int y,
      int width,
      int height) {
    commands.emit(
        XY_FAST_COPY_BLT,
        XY_FAST_COPY_BLT_LENGTH_DWORDS,
        XY_FAST_COPY_BLT_COLOR_DEPTH__32_BIT | to.pitchBytes(),
        point(x, y),
        point(x + width, y + height),
        low(to),
        high(to),
        point(fromX, fromY),
        from.pitchBytes(),
        low(from),
        high(from));
  }

  private static int point(int x, int y) {
    return y << XY_COLOR_BLT_DESTINATION_Y1_SHIFT | x;
  }

  private static int low(Surface surface) {
    return (int) surface.gpuAddress();
  }

  private static int high(Surface surface) {
    return (int) (surface.gpuAddress() >>> Integer.SIZE);
  }
}
