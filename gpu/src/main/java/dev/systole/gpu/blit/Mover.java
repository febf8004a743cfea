package dev.systole.gpu.blit;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;

/**
 * Copies and fills rectangles of bytes. Where a tiling keeps columns together, part of a row of
 * tiles at a time goes through a stage: between it and a page moves a whole column at once, between
 * it and a picture of rows a whole row.
 */
final class Mover {
  private static final int STAGE_ROWS = 32;
  private static final int STAGE_BYTES = Page.COLUMN_STRIDE_BYTES;
  private static final int COLUMN_BYTES = Page.COLUMN_BYTES;
  private static final int PIXEL_BYTES_MAX = 16;

  private final AddressSpace memory;
  private final byte[] stage = new byte[STAGE_ROWS * STAGE_BYTES];
  private final byte[] pattern = new byte[Page.BYTES + PIXEL_BYTES_MAX];

  Mover(AddressSpace memory) {
    this.memory = memory;
  }

  // ---- copying

  /** Copies a rectangle to one that does not overlap it. */
  void copy(Surface from, int fromX, int fromY, Surface to, int toX, int toY, int width, int rows) {
    if (from.hasColumns() || to.hasColumns()) {
      copyStaged(from, fromX, fromY, to, toX, toY, width, rows);
    } else {
      for (int row = 0; row < rows; row++) {
        copyRow(from, fromX, fromY + row, to, toX, toY + row, width);
      }
    }
  }

  private void copyRow(
      Surface from, int fromX, int fromY, Surface to, int toX, int toY, int width) {
    long fromRow = from.row(fromY);
    long toRow = to.row(toY);
    for (int x = 0; x < width; ) {
      long source = fromRow + from.column(fromX + x);
      long target = toRow + to.column(toX + x);
      int run = Math.min(from.run(fromX + x, source), to.run(toX + x, target));
      run = Math.min(run, width - x);
      Page page = memory.write(target, false);
      page.copyFrom(offset(target), memory.read(source, false), offset(source), run);
      x += run;
    }
  }

  private void copyStaged(
      Surface from, int fromX, int fromY, Surface to, int toX, int toY, int width, int rows) {
    for (int y = 0; y < rows; ) {
      int height = Math.min(from.blockRows(fromY + y), to.blockRows(toY + y));
      height = Math.min(Math.min(height, STAGE_ROWS), rows - y);
      for (int x = 0; x < width; ) {
        int part = Math.min(from.part(fromX + x, width - x), to.part(toX + x, width - x));
        load(from, fromX + x, fromY + y, part, height);
        store(to, toX + x, toY + y, part, height);
        x += part;
      }
      y += height;
    }
  }

  private void load(Surface from, int left, int top, int width, int rows) {
    if (!from.isWholeColumns(left, width)) {
      for (int row = 0; row < rows; row++) {
        read(from, left, top + row, stage, row * STAGE_BYTES, width);
      }
      return;
    }
    for (int x = 0; x < width; x += COLUMN_BYTES) {
      for (int row = 0; row < rows; ) {
        int run = Math.min(from.columnRows(top + row), rows - row);
        long address = from.row(top + row) + from.column(left + x);
        Page page = memory.read(address, false);
        page.readColumn(offset(address), stage, row * STAGE_BYTES + x, run);
        row += run;
      }
    }
  }

  private void store(Surface to, int left, int top, int width, int rows) {
    if (!to.isWholeColumns(left, width)) {
      for (int row = 0; row < rows; row++) {
        write(to, left, top + row, stage, row * STAGE_BYTES, width);
      }
      return;
    }
    for (int x = 0; x < width; x += COLUMN_BYTES) {
      for (int row = 0; row < rows; ) {
        int run = Math.min(to.columnRows(top + row), rows - row);
        long address = to.row(top + row) + to.column(left + x);
        Page page = memory.write(address, false);
        page.writeColumn(offset(address), stage, row * STAGE_BYTES + x, run);
        row += run;
      }
    }
  }

  // ---- filling

  /** Says with which pixel {@link #fill} fills, from its lowest byte on. */
  void setPixel(long low, long high, int bytesPerPixel) {
    for (int i = 0; i < bytesPerPixel; i++) {
      pattern[i] = (byte) ((i < Long.BYTES ? low : high) >>> 8 * (i % Long.BYTES));
    }
    for (int done = bytesPerPixel; done < pattern.length; done *= 2) {
      System.arraycopy(pattern, 0, pattern, done, Math.min(done, pattern.length - done));
    }
  }

  /** Fills a rectangle with the pixel. */
  void fill(Surface target, int left, int top, int width, int rows, int bytesPerPixel) {
    boolean staged = target.hasColumns() && PIXEL_BYTES_MAX % bytesPerPixel == 0;
    if (staged) {
      fillStaged(target, left, top, width, rows);
    } else {
      for (int row = 0; row < rows; row++) fillRow(target, left, top + row, width, bytesPerPixel);
    }
  }

  private void fillRow(Surface target, int left, int y, int width, int bytesPerPixel) {
    long start = target.row(y);
    for (int x = 0; x < width; ) {
      long address = start + target.column(left + x);
      int run = Math.min(target.run(left + x, address), width - x);
      memory.write(address, false).write(offset(address), pattern, x % bytesPerPixel, run);
      x += run;
    }
  }

  private void fillStaged(Surface target, int left, int top, int width, int rows) {
    for (int row = 0; row < STAGE_ROWS; row++) {
      System.arraycopy(pattern, 0, stage, row * STAGE_BYTES, STAGE_BYTES);
    }
    for (int y = 0; y < rows; ) {
      int height = Math.min(target.blockRows(top + y), rows - y);
      for (int x = 0; x < width; ) {
        int part = target.part(left + x, width - x);
        store(target, left + x, top + y, part, height);
        x += part;
      }
      y += height;
    }
  }

  // ---- rows

  /** Reads bytes of a row. */
  void read(Surface source, int x, int y, byte[] into, int at, int length) {
    long start = source.row(y);
    for (int done = 0; done < length; ) {
      long address = start + source.column(x + done);
      int run = Math.min(source.run(x + done, address), length - done);
      memory.read(address, false).read(offset(address), into, at + done, run);
      done += run;
    }
  }

  /** Writes bytes of a row. */
  void write(Surface target, int x, int y, byte[] bytes, int at, int length) {
    long start = target.row(y);
    for (int done = 0; done < length; ) {
      long address = start + target.column(x + done);
      int run = Math.min(target.run(x + done, address), length - done);
      memory.write(address, false).write(offset(address), bytes, at + done, run);
      done += run;
    }
  }

  private static int offset(long address) {
    return (int) address & Page.OFFSET_MASK;
  }
}
