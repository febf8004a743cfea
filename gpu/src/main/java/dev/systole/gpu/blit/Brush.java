package dev.systole.gpu.blit;

import java.util.Arrays;

/**
 * The pattern of a raster operation: eight by eight pixels that repeat over the target, some of
 * which may be transparent.
 */
public final class Brush {
  /** Pixels of a pattern. */
  public static final int CELLS = 64;

  private static final int EDGE_MASK = 7;
  private static final int ROW_SHIFT = 3;

  private final int[] cells = new int[CELLS];

  /** A bit for each cell that draws. */
  private long opaque;

  private boolean solid;
  private int columnSeed;
  private int rowSeed;

  Brush() {}

  /** The pattern's column and row at the target's corner. */
  public void setSeed(int column, int row) {
    columnSeed = column;
    rowSeed = row;
  }

  /** One colour everywhere. */
  public void setSolid(int color) {
    Arrays.fill(cells, color);
    opaque = -1;
    solid = true;
  }

  /** Begins a pattern of colours, which {@link #setCell} sets. */
  public void setColored() {
    opaque = -1;
    solid = false;
  }

  /** A cell of a pattern of colours, row by row. */
  public void setCell(int index, int color) {
    cells[index] = color;
  }

  /**
   * Two colours.
   *
   * @param bits a byte for each row, the first the lowest; their highest bits are on the left; ones
   *     are foreground
   * @param transparent whether the background is not drawn
   */
  public void setMonochrome(long bits, int background, int foreground, boolean transparent) {
    solid = false;
    opaque = transparent ? 0 : -1;
    for (int i = 0; i < CELLS; i++) {
      boolean on = (bits >>> (i & ~EDGE_MASK) + EDGE_MASK - (i & EDGE_MASK) & 1) != 0;
      cells[i] = on ? foreground : background;
      if (on) opaque |= 1L << i;
    }
  }

  /** Whether it is one colour everywhere. */
  boolean isSolid() {
    return solid;
  }

  int color() {
    return cells[0];
  }

  /** Whether some cells are not drawn. */
  boolean isTransparent() {
    return opaque != -1;
  }

  /** The pixels for a row of the target, and nothing in the mask where they are transparent. */
  void row(int left, int y, int[] pixels, int[] mask, int count) {
    int row = (y + rowSeed & EDGE_MASK) << ROW_SHIFT;
    for (int i = 0; i < count; i++) {
      int cell = row | left + i + columnSeed & EDGE_MASK;
      pixels[i] = cells[cell];
      if ((opaque >>> cell & 1) == 0) mask[i] = 0;
    }
  }
}
