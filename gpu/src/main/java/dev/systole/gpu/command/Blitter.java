package dev.systole.gpu.command;

import static dev.systole.spec.gen12.BlitterCommands.*;

import dev.systole.gpu.command.Surface.Tiling;
import dev.systole.gpu.memory.Page;

/**
 * The 2D commands of the copy engine (gen12-commands.md 3.2). Fills and copies move real bytes
 * through the context's page tables; other 2D commands only cost time.
 */
final class Blitter {
  private static final int IDENTITY_MASK = 0xffc00000;
  private static final int ROP_COPY = 0xcc;
  private static final int ROP_FILL = 0xf0;
  private static final int DWORD = Integer.BYTES;

  private final EngineState s;
  private final Surface source = new Surface();
  private final Surface target = new Surface();
  private final byte[] sourceRow = new byte[Page.BYTES];
  private final byte[] targetRow = new byte[Page.BYTES];
  private final byte[] pattern = new byte[Page.BYTES + 16];

  private int left;
  private int top;
  private int widthBytes;
  private int rows;
  private int sourceLeft;
  private int sourceTop;
  private int bytesPerPixel;

  Blitter(EngineState state) {
    s = state;
  }

  int execute(int header) {
    return switch (header & IDENTITY_MASK) {
      case XY_COLOR_BLT -> color(header);
      case XY_SRC_COPY_BLT -> sourceCopy(header);
      case XY_FAST_COPY_BLT -> fastCopy(header);
      case XY_FAST_COLOR_BLT -> fastColor(header);
      case XY_BLOCK_COPY_BLT -> blockCopy(header);
      default -> {
        s.mustPay(s.costs.blit());
        yield 0;
      }
    };
  }

  private int color(int header) {
    int mode = s.operand(1);
    bytesPerPixel = legacyBytesPerPixel(mode);
    setRectangle();
    if (mustPay(widthBytes)) return 0;
    setLegacyTarget(header, mode);
    int rop = (mode & XY_COLOR_BLT_RASTER_OPERATION_MASK) >>> XY_COLOR_BLT_RASTER_OPERATION_SHIFT;
    repeat(s.operand(6) & 0xffffffffL, 0);
    fill(rop, channelMask(header));
    return 0;
  }

  private int sourceCopy(int header) {
    int mode = s.operand(1);
    bytesPerPixel = legacyBytesPerPixel(mode);
    setRectangle();
    setSourceOrigin(6);
    if (mustPay(2L * widthBytes)) return 0;
    setLegacyTarget(header, mode);
    boolean tiled = (header & XY_SRC_COPY_BLT_SOURCE_TILED) != 0;
    int pitch = (short) s.operand(7);
    source.set(
        s.operandAddress(8), tiled ? pitch * DWORD : pitch, tiled ? Tiling.X : Tiling.LINEAR);
    int rop =
        (mode & XY_SRC_COPY_BLT_RASTER_OPERATION_MASK) >>> XY_SRC_COPY_BLT_RASTER_OPERATION_SHIFT;
    copy(rop, channelMask(header));
    return 0;
  }

  private int fastCopy(int header) {
    int mode = s.operand(1);
    bytesPerPixel =
        switch (mode & XY_FAST_COPY_BLT_COLOR_DEPTH_MASK) {
          case XY_FAST_COPY_BLT_COLOR_DEPTH__8_BIT -> 1;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__16_BIT -> 2;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__64_BIT -> 8;
          case XY_FAST_COPY_BLT_COLOR_DEPTH__128_BIT -> 16;
          default -> 4;
        };
    setRectangle();
    setSourceOrigin(6);
    if (mustPay(2L * widthBytes)) return 0;
    setFast(
        target,
        (header & XY_FAST_COPY_BLT_DESTINATION_TILING_METHOD_MASK)
            >>> XY_FAST_COPY_BLT_DESTINATION_TILING_METHOD_SHIFT,
        mode,
        4);
    setFast(
        source,
        (header & XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_MASK)
            >>> XY_FAST_COPY_BLT_SOURCE_TILING_METHOD_SHIFT,
        s.operand(7),
        8);
    copy(ROP_COPY, -1);
    return 0;
  }

  private void setFast(Surface surface, int method, int pitchDword, int addressDword) {
    Tiling tiling =
        switch (method) {
          case 0 -> Tiling.LINEAR;
          case 1 -> Tiling.X;
          default -> Tiling.Y;
        };
    int pitch = pitchDword & XY_FAST_COPY_BLT_DESTINATION_PITCH_MASK;
    surface.set(
        s.operandAddress(addressDword), tiling == Tiling.LINEAR ? pitch : pitch * DWORD, tiling);
  }

  private int fastColor(int header) {
    bytesPerPixel = modernBytesPerPixel(header);
    setRectangle();
    if (mustPay(widthBytes)) return 0;
    setModern(target, 1, 4);
    shiftOrigin(s.operand(6));
    long low = s.operand64(XY_FAST_COLOR_BLT_FILL_COLOR_0_DWORD);
    repeat(low, s.operand64(XY_FAST_COLOR_BLT_FILL_COLOR_2_DWORD));
    fill(ROP_FILL, -1);
    return 0;
  }

  private int blockCopy(int header) {
    bytesPerPixel = modernBytesPerPixel(header);
    setRectangle();
    setSourceOrigin(7);
    if (mustPay(2L * widthBytes)) return 0;
    setModern(target, 1, 4);
    setModern(source, 8, 9);
    shiftOrigin(s.operand(6));
    int offset = s.operand(11);
    sourceLeft += (offset & 0x3fff) * bytesPerPixel;
    sourceTop += offset >>> 16 & 0x3fff;
    copy(ROP_COPY, -1);
    return 0;
  }

  private static int modernBytesPerPixel(int header) {
    return switch (header & XY_FAST_COLOR_BLT_COLOR_DEPTH_MASK) {
      case XY_FAST_COLOR_BLT_COLOR_DEPTH__8_BIT -> 1;
      case XY_FAST_COLOR_BLT_COLOR_DEPTH__16_BIT -> 2;
      case XY_FAST_COLOR_BLT_COLOR_DEPTH__64_BIT -> 8;
      case XY_FAST_COLOR_BLT_COLOR_DEPTH__96_BIT -> 12;
      case XY_FAST_COLOR_BLT_COLOR_DEPTH__128_BIT -> 16;
      default -> 4;
    };
  }

  /** The pitch is given less one; the tiling on Gen12 is none or Y. */
  private void setModern(Surface surface, int modeDword, int addressDword) {
    int mode = s.operand(modeDword);
    boolean tiled = (mode & XY_FAST_COLOR_BLT_DESTINATION_TILING_MASK) != 0;
    int pitch = (mode & XY_FAST_COLOR_BLT_DESTINATION_PITCH_MASK) + 1;
    surface.set(s.operandAddress(addressDword), pitch, tiled ? Tiling.Y : Tiling.LINEAR);
  }

  private void shiftOrigin(int offset) {
    left += (offset & 0x3fff) * bytesPerPixel;
    top += offset >>> 16 & 0x3fff;
  }

  private static int legacyBytesPerPixel(int mode) {
    return switch (mode & XY_COLOR_BLT_COLOR_DEPTH_MASK) {
      case XY_COLOR_BLT_COLOR_DEPTH__8_BIT -> 1;
      case XY_COLOR_BLT_COLOR_DEPTH__32_BIT -> 4;
      default -> 2;
    };
  }

  private void setLegacyTarget(int header, int mode) {
    boolean tiled = (header & XY_COLOR_BLT_DESTINATION_TILED) != 0;
    int pitch = (short) mode;
    target.set(
        s.operandAddress(4), tiled ? pitch * DWORD : pitch, tiled ? Tiling.X : Tiling.LINEAR);
  }

  /** Which bits of a 32-bit pixel are written; other depths have no channels. */
  private int channelMask(int header) {
    if (bytesPerPixel != 4) return -1;
    int alpha = (header & XY_COLOR_BLT_WRITE_ALPHA_CHANNEL) != 0 ? 0xff000000 : 0;
    return alpha | ((header & XY_COLOR_BLT_WRITE_RGB_CHANNELS) != 0 ? 0xffffff : 0);
  }

  /** Dwords 2 and 3: left top and right bottom, the latter outside; signed 16-bit numbers. */
  private void setRectangle() {
    int first = s.operand(2);
    int last = s.operand(3);
    left = (short) first * bytesPerPixel;
    top = first >> 16;
    widthBytes = Math.max(((short) last - (short) first) * bytesPerPixel, 0);
    rows = Math.max((last >> 16) - top, 0);
  }

  private void setSourceOrigin(int dword) {
    sourceLeft = (short) s.operand(dword) * bytesPerPixel;
    sourceTop = s.operand(dword) >> 16;
  }

  private boolean mustPay(long bytesPerRow) {
    return s.mustPay(s.costs.blit() + bytesPerRow * rows / s.costs.blitBytesPerClock());
  }

  // ---- moving bytes

  /** Fills the pattern with the pixel, so that it can be taken from any pixel on. */
  private void repeat(long low, long high) {
    for (int i = 0; i < pattern.length; i++) {
      int at = i % bytesPerPixel;
      long half = at < Long.BYTES ? low : high;
      pattern[i] = (byte) (half >>> 8 * (at % Long.BYTES));
    }
  }

  private void fill(int rop, int mask) {
    boolean plain = rop == ROP_FILL && mask == -1;
    for (int row = 0; row < rows; row++) {
      long first = target.row(top + row);
      for (int x = 0; x < widthBytes; ) {
        long address = first + target.column(left + x);
        int offset = (int) address & Page.OFFSET_MASK;
        int length = Math.min(widthBytes - x, Page.BYTES - offset);
        length = Math.min(length, target.contiguous(left + x));
        Page page = s.memory.write(address, false);
        int phase = x % bytesPerPixel;
        if (plain) page.write(offset, pattern, phase, length);
        else combine(page, offset, pattern, phase, pattern, phase, length, rop, mask, phase);
        x += length;
      }
    }
  }

  /** Copies row by row, from the end when source and target overlap that way. */
  private void copy(int rop, int mask) {
    boolean plain = rop == ROP_COPY && mask == -1;
    boolean oneSurface = source.base() == target.base();
    boolean upwards = oneSurface && top > sourceTop;
    boolean backwards = oneSurface && top == sourceTop && left > sourceLeft;
    for (int i = 0; i < rows; i++) {
      int row = upwards ? rows - 1 - i : i;
      if (backwards) copyRowBackwards(row, rop, mask);
      else copyRow(row, rop, mask, plain);
    }
  }

  private void copyRow(int row, int rop, int mask, boolean plain) {
    long sourceRowAddress = source.row(sourceTop + row);
    long targetRowAddress = target.row(top + row);
    Page fromPage = null;
    Page toPage = null;
    long lastFrom = 0;
    long lastTo = 0;
    for (int x = 0; x < widthBytes; ) {
      long from = sourceRowAddress + source.column(sourceLeft + x);
      long to = targetRowAddress + target.column(left + x);
      int fromOffset = (int) from & Page.OFFSET_MASK;
      int toOffset = (int) to & Page.OFFSET_MASK;
      int length = Math.min(widthBytes - x, Page.BYTES - Math.max(fromOffset, toOffset));
      length = Math.min(length, source.contiguous(sourceLeft + x));
      length = Math.min(length, target.contiguous(left + x));
      if (toPage == null || (to ^ lastTo) >>> Page.SHIFT != 0) {
        toPage = s.memory.write(to, false);
        fromPage = null;
      }
      if (fromPage == null || (from ^ lastFrom) >>> Page.SHIFT != 0) {
        fromPage = s.memory.read(from, false);
      }
      lastFrom = from;
      lastTo = to;
      if (plain && length == Surface.COLUMN_BYTES) {
        int columns = Math.min(target.columns(left + x, toOffset), (widthBytes - x) / length);
        columns = Math.min(columns, source.columns(sourceLeft + x, fromOffset));
        int toStep = target.columnStep();
        toPage.copyColumns(toOffset, toStep, fromPage, fromOffset, source.columnStep(), columns);
        length = columns * Surface.COLUMN_BYTES;
      } else if (plain) {
        toPage.copyFrom(toOffset, fromPage, fromOffset, length);
      } else {
        fromPage.read(fromOffset, sourceRow, 0, length);
        combine(toPage, toOffset, pattern, 0, sourceRow, 0, length, rop, mask, x % bytesPerPixel);
      }
      x += length;
    }
  }

  /** Pixel by pixel from the right: only a row that overlaps itself needs it. */
  private void copyRowBackwards(int row, int rop, int mask) {
    for (int x = widthBytes - 1; x >= 0; x--) {
      long from = source.row(sourceTop + row) + source.column(sourceLeft + x);
      long to = target.row(top + row) + target.column(left + x);
      sourceRow[0] = s.memory.read(from, false).load8((int) from & Page.OFFSET_MASK);
      Page page = s.memory.write(to, false);
      int offset = (int) to & Page.OFFSET_MASK;
      combine(page, offset, pattern, 0, sourceRow, 0, 1, rop, mask, x % bytesPerPixel);
    }
  }

  /**
   * Writes what the raster operation makes of pattern, source and target, where the mask allows.
   */
  private void combine(
      Page page,
      int offset,
      byte[] patternBytes,
      int patternOffset,
      byte[] sourceBytes,
      int sourceOffset,
      int length,
      int rop,
      int mask,
      int phase) {
    page.read(offset, targetRow, 0, length);
    for (int i = 0; i < length; i++) {
      int old = targetRow[i];
      int made =
          rasterOperation(rop, patternBytes[patternOffset + i], sourceBytes[sourceOffset + i], old);
      int byteMask = mask >> 8 * ((phase + i) % bytesPerPixel & 3);
      targetRow[i] = (byte) (made & byteMask | old & ~byteMask);
    }
    page.write(offset, targetRow, 0, length);
  }

  /** Bit by bit, the operation's bit number (pattern, source, target) is the result. */
  static int rasterOperation(int rop, int pattern, int source, int target) {
    int result = 0;
    for (int i = 0; i < 8; i++) {
      if ((rop >>> i & 1) == 0) continue;
      result |=
          ((i & 4) != 0 ? pattern : ~pattern)
              & ((i & 2) != 0 ? source : ~source)
              & ((i & 1) != 0 ? target : ~target);
    }
    return result;
  }
}
