package dev.systole.driver.miniport;

import static dev.systole.spec.gen12.BlitterCommands.*;
import static dev.systole.spec.gen12.MiCommands.*;

import dev.systole.driver.core.SystemMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands of the copy engine that do what a paging operation asks for, in pieces that fit a buffer
 * one by one. Every piece has an even number of dwords.
 */
final class PagingCommands {
  private static final int ROP_FILL = 0xf0;
  private static final int PIXEL_BYTES = 4;

  /** Coordinates are signed 16-bit numbers. */
  private static final int ROWS_MAX = 0x7fff;

  private static final int ENTRIES_PER_STORE = 256;

  /** The field counts the dwords behind the first two. */
  private static final int LENGTH_BIAS = 2;

  private static final int FLUSH_DWORDS = 4;

  private final List<int[]> pieces = new ArrayList<>();

  List<int[]> pieces() {
    return pieces;
  }

  /** Fills whole pages with a pattern. */
  void fill(long address, long bytes, int pattern) {
    for (long done = 0; done < bytes; ) {
      int rows = (int) Math.min((bytes - done) / SystemMemory.PAGE_BYTES, ROWS_MAX);
      int columns = SystemMemory.PAGE_BYTES / PIXEL_BYTES;
      fill(address + done, SystemMemory.PAGE_BYTES, columns, rows, pattern);
      done += (long) rows * SystemMemory.PAGE_BYTES;
    }
  }

  /** Writes one qword {@code count} times: its halves are columns of a picture. */
  void repeat(long address, int count, long value) {
    fill(address, Long.BYTES, 1, count, (int) value);
    fill(address + Integer.BYTES, Long.BYTES, 1, count, (int) (value >>> Integer.SIZE));
  }

  private void fill(long address, int pitchBytes, int columns, int rows, int pattern) {
    add(
        XY_COLOR_BLT
            | XY_COLOR_BLT_WRITE_ALPHA_CHANNEL
            | XY_COLOR_BLT_WRITE_RGB_CHANNELS
            | XY_COLOR_BLT_LENGTH_DWORDS - LENGTH_BIAS,
        XY_COLOR_BLT_COLOR_DEPTH__32_BIT
            | ROP_FILL << XY_COLOR_BLT_RASTER_OPERATION_SHIFT
            | pitchBytes,
        0,
        rows << XY_COLOR_BLT_DESTINATION_Y2_SHIFT | columns,
        (int) address,
        (int) (address >>> Integer.SIZE),
        pattern);
  }

  /** Copies whole pages. */
  void copy(long source, long destination, long bytes) {
    for (long done = 0; done < bytes; ) {
      int rows = (int) Math.min((bytes - done) / SystemMemory.PAGE_BYTES, ROWS_MAX);
      long from = source + done;
      long to = destination + done;
      add(
          XY_FAST_COPY_BLT | XY_FAST_COPY_BLT_LENGTH_DWORDS - LENGTH_BIAS,
          XY_FAST_COPY_BLT_COLOR_DEPTH__32_BIT | SystemMemory.PAGE_BYTES,
          0,
          rows << XY_FAST_COPY_BLT_DESTINATION_Y2_SHIFT | SystemMemory.PAGE_BYTES / PIXEL_BYTES,
          (int) to,
          (int) (to >>> Integer.SIZE),
          0,
          SystemMemory.PAGE_BYTES,
          (int) from,
          (int) (from >>> Integer.SIZE));
      done += (long) rows * SystemMemory.PAGE_BYTES;
    }
  }

  /** Writes qwords, one behind the other. */
  void store(long address, long[] values) {
    for (int done = 0; done < values.length; done += ENTRIES_PER_STORE) {
      int count = Math.min(values.length - done, ENTRIES_PER_STORE);
      long to = address + (long) done * Long.BYTES;
      var dwords = new int[MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD + 2 * count];
      dwords[0] = MI_STORE_DATA_IMM | MI_STORE_DATA_IMM_STORE_QWORD | dwords.length - LENGTH_BIAS;
      dwords[1] = (int) to;
      dwords[2] = (int) (to >>> Integer.SIZE);
      for (int i = 0; i < count; i++) {
        dwords[MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD + 2 * i] = (int) values[done + i];
        dwords[MI_STORE_DATA_IMM_IMMEDIATE_DATA_DWORD + 2 * i + 1] =
            (int) (values[done + i] >>> Integer.SIZE);
      }
      add(dwords);
    }
  }

  /** Waits until what was written before can be seen. */
  void flush() {
    add(MI_FLUSH_DW | FLUSH_DWORDS - LENGTH_BIAS, 0, 0, 0);
  }

  /** The same, and drops all translations. */
  void flushTlb() {
    add(MI_FLUSH_DW | MI_FLUSH_DW_TLB_INVALIDATE | FLUSH_DWORDS - LENGTH_BIAS, 0, 0, 0);
  }

  private void add(int... dwords) {
    pieces.add(dwords.length % 2 == 0 ? dwords : Arrays.copyOf(dwords, dwords.length + 1));
  }
}
