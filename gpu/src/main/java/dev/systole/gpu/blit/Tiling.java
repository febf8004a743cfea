package dev.systole.gpu.blit;

import dev.systole.gpu.memory.Page;

/**
 * How the bytes of a picture lie in memory. A tiled picture consists of blocks of a page, in which
 * each bit of a byte's column and row has its place in the address; the bytes of a {@linkplain
 * Page#COLUMN_BYTES column} always stay together. A linear picture is a single block.
 */
public enum Tiling {
  LINEAR(new int[] {4, 5, 6, 7, 8, 9, 10, 11}, new int[0], 0, 0),
  /** 8 rows of 512 bytes. */
  X(new int[] {4, 5, 6, 7, 8}, new int[] {9, 10, 11}, 0, 0),
  /** 32 rows of 128 bytes, column by column. */
  Y(new int[] {9, 10, 11}, new int[] {4, 5, 6, 7, 8}, 0, 0),
  /** 32 rows of 128 bytes, in cache lines of four rows. */
  TILE4(new int[] {6, 7, 9}, new int[] {4, 5, 8, 10, 11}, 0, 0),
  /** 64 KiB of pixels of a byte: 256 rows of 256 bytes. */
  TILE64_BYTES(TILE4, 1, 3),
  /** 64 KiB of pixels of 2 or 4 bytes: 128 rows of 512 bytes. */
  TILE64(TILE4, 2, 2),
  /** 64 KiB of pixels of 8 or 16 bytes: 64 rows of 1024 bytes. */
  TILE64_WIDE(TILE4, 3, 1);

  private static final int COLUMN_SHIFT = 4;

  /** Width and height of a block; those of a linear picture mean nothing. */
  final int widthShift;

  final int heightShift;

  /** How many blocks a tile has across and down. */
  final int acrossShift;

  final int downShift;

  /** How many bytes of a row lie side by side, from a multiple of this number on. */
  final int runBytes;

  /** How many rows of a column lie side by side, from a multiple of this number on. */
  final int columnRows;

  /** In a block, the offset of each column, and of each row. */
  final int[] columns;

  final int[] rows;

  Tiling(int[] columnBits, int[] rowBits, int acrossShift, int downShift) {
    widthShift = COLUMN_SHIFT + columnBits.length;
    heightShift = rowBits.length;
    columns = offsets(columnBits);
    rows = offsets(rowBits);
    runBytes = Page.COLUMN_BYTES << together(columnBits);
    columnRows = 1 << together(rowBits);
    this.acrossShift = acrossShift;
    this.downShift = downShift;
  }

  /** Tiles of several blocks of another kind, row by row. */
  Tiling(Tiling block, int acrossShift, int downShift) {
    widthShift = block.widthShift;
    heightShift = block.heightShift;
    columns = block.columns;
    rows = block.rows;
    runBytes = block.runBytes;
    columnRows = block.columnRows;
    this.acrossShift = acrossShift;
    this.downShift = downShift;
  }

  private static int[] offsets(int[] bits) {
    var offsets = new int[1 << bits.length];
    for (int i = 0; i < offsets.length; i++) {
      for (int bit = 0; bit < bits.length; bit++) offsets[i] |= (i >>> bit & 1) << bits[bit];
    }
    return offsets;
  }

  private static int together(int[] bits) {
    int count = 0;
    while (count < bits.length && bits[count] == COLUMN_SHIFT + count) count++;
    return count;
  }

  /** The unit of a pitch in the fields of a command (gen12-commands.md 3.2). */
  public int pitchUnitBytes() {
    return this == LINEAR ? 1 : Integer.BYTES;
  }
}
