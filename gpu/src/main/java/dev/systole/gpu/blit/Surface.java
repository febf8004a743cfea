package dev.systole.gpu.blit;

import dev.systole.gpu.memory.Page;

/** Where the bytes of a picture lie. Columns are counted in bytes. */
public final class Surface {
  private Tiling tiling = Tiling.LINEAR;
  private boolean linear;
  private long base;
  private int pitchBytes;
  private int tilesPerRow;

  /** Of {@link #tiling}, at hand. */
  private int widthShift;

  private int heightShift;
  private int acrossShift;
  private int downShift;
  private int tileShift;
  private int runBytes;

  /** A picture at address zero without a size, to be {@link #set}. */
  public Surface() {}

  /**
   * Describes another picture.
   *
   * @param pitchBytes from one row to the next; negative in a picture that lies upside down
   */
  public void set(long baseAddress, int pitchBytes, Tiling tiling) {
    this.tiling = tiling;
    this.pitchBytes = pitchBytes;
    linear = tiling == Tiling.LINEAR;
    widthShift = tiling.widthShift;
    heightShift = tiling.heightShift;
    acrossShift = tiling.acrossShift;
    downShift = tiling.downShift;
    tileShift = Page.SHIFT + acrossShift + downShift;
    runBytes = tiling.runBytes;
    tilesPerRow = pitchBytes >> widthShift + acrossShift;
    base = linear ? baseAddress : baseAddress & -1L << tileShift;
  }

  /** Whether the picture has a width: otherwise there is nothing to draw on. */
  boolean isDrawable() {
    return (linear ? pitchBytes : tilesPerRow) != 0;
  }

  boolean sameBase(Surface other) {
    return base == other.base;
  }

  /** Where row {@code y} begins. */
  public long row(int y) {
    if (linear) return base + (long) y * pitchBytes;
    int block = y >> heightShift;
    long tile = (long) (block >> downShift) * tilesPerRow << tileShift;
    int inTile = low(block, downShift) << acrossShift + Page.SHIFT;
    return base + tile + inTile + tiling.rows[low(y, heightShift)];
  }

  /** How far behind the beginning of its row byte {@code x} lies. */
  public long column(int x) {
    if (linear) return x;
    int block = x >> widthShift;
    long tile = (long) (block >> acrossShift) << tileShift;
    int inTile = low(block, acrossShift) << Page.SHIFT;
    int column = tiling.columns[low(x, widthShift) / Page.COLUMN_BYTES];
    return tile + inTile + column + (x & Page.COLUMN_BYTES - 1);
  }

  /** How many bytes of a row lie side by side in one page, from byte {@code x} on. */
  int run(int x, long address) {
    int inPage = Page.BYTES - ((int) address & Page.OFFSET_MASK);
    return linear ? inPage : runBytes - (x & runBytes - 1);
  }

  /** How many rows from {@code y} on are in one block. */
  int blockRows(int y) {
    return linear ? Integer.MAX_VALUE : (1 << heightShift) - low(y, heightShift);
  }

  // ---- columns

  /** Whether rows of a column lie side by side. */
  boolean hasColumns() {
    return tiling.columnRows > 1;
  }

  /** How many rows of a column lie side by side from row {@code y} on. */
  int columnRows(int y) {
    return tiling.columnRows - (y & tiling.columnRows - 1);
  }

  /** Whether bytes of a row are whole columns. */
  boolean isWholeColumns(int x, int width) {
    return hasColumns() && ((x | width) & Page.COLUMN_BYTES - 1) == 0;
  }

  /** How much of a row to move at a time: up to its next column, then many whole ones. */
  int part(int x, int width) {
    int inColumn = hasColumns() ? x & Page.COLUMN_BYTES - 1 : 0;
    if (inColumn != 0) return Math.min(Page.COLUMN_BYTES - inColumn, width);
    if (width < Page.COLUMN_BYTES) return width;
    return Math.min(Page.COLUMN_STRIDE_BYTES, width & -Page.COLUMN_BYTES);
  }

  private static int low(int value, int bits) {
    return value & (1 << bits) - 1;
  }
}
