package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.blit.Surface;
import dev.systole.gpu.blit.Tiling;

/**
 * Where the pixels of a plane lie. A plane that is turned by a quarter is mapped turned, tile by
 * tile: what it calls a row of tiles is a column of the picture, from the bottom up, so that only
 * the inside of a tile is left to turn (i915: rotate_pages).
 */
final class Layout {
  private static final int ROW_UNIT_BYTES = 64;
  private static final int X_WIDTH_BYTES = 512;
  private static final int Y_WIDTH_BYTES = 128;
  private static final int Y_ROWS = 32;

  private final Surface surface = new Surface();
  private final boolean turned;

  /** Where in the surface the plane begins, in pixels. */
  private final int left;

  private final int top;

  private Layout(boolean turned, int offset) {
    this.turned = turned;
    left = offset & PLANE_OFFSET_X_MASK;
    top = offset >>> PLANE_OFFSET_Y_SHIFT;
  }

  /** Of a plane as it has been taken over, or null when such a plane cannot be fetched. */
  static Layout of(Latched latched, int plane) {
    int control = latched.plane(plane, PLANE_CTL);
    boolean turned = (control & PLANE_CTL_ROTATION__90) != 0;
    int tiling = control & PLANE_CTL_TILING_MASK;
    if (turned && tiling != PLANE_CTL_TILING_Y) return null;
    var layout = new Layout(turned, latched.plane(plane, PLANE_OFFSET));
    long base = latched.plane(plane, PLANE_SURF) & PLANE_SURF_ADDRESS_MASK & 0xffffffffL;
    int stride = latched.plane(plane, PLANE_STRIDE) & PLANE_STRIDE_STRIDE_MASK;
    switch (tiling) {
      case PLANE_CTL_TILING_LINEAR ->
          layout.surface.set(base, stride * ROW_UNIT_BYTES, Tiling.LINEAR);
      case PLANE_CTL_TILING_X -> layout.surface.set(base, stride * X_WIDTH_BYTES, Tiling.X);
      case PLANE_CTL_TILING_Y -> layout.surface.set(base, stride * Y_WIDTH_BYTES, Tiling.Y);
      default -> {
        return null;
      }
    }
    return layout;
  }

  /** The address of a pixel of {@code 1 << bytesShift} bytes, from the plane's own corner on. */
  long address(int fromLeft, int fromTop, int bytesShift) {
    int x = left + fromLeft;
    int y = top + fromTop;
    if (!turned) return surface.row(y) + surface.column(x << bytesShift);
    int rowByte = y << bytesShift;
    int tileRow = rowByte / Y_WIDTH_BYTES * Y_ROWS;
    int tileColumn = x / Y_ROWS * Y_WIDTH_BYTES;
    int fromBottom = Y_ROWS - 1 - x % Y_ROWS;
    return surface.row(tileRow + fromBottom) + surface.column(tileColumn + rowByte % Y_WIDTH_BYTES);
  }
}
