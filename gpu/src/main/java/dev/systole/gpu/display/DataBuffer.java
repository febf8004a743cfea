package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

/**
 * The data buffer, and whether what planes fetch gets through it (i915-kernel.md 8.3, 8.4). A pipe
 * underruns when one of its planes or its cursor
 *
 * <ul>
 *   <li>has no blocks, or some beyond the buffer's end or in a slice without power,
 *   <li>has blocks that another one has, too,
 *   <li>has its watermark of level 0 off, or fewer blocks than that asks for,
 *   <li>needs more pixels in a time than CDCLK lets through, shrinking included,
 * </ul>
 *
 * and every pipe does when all together fetch more than memory gives.
 */
final class DataBuffer {
  private static final int BLOCKS = 2048;
  private static final int SLICE_BLOCKS = BLOCKS / 2;

  /** 34 GB/s, in bytes a millisecond (i915: tgl_sa_info). */
  private static final long MEMORY_BYTES_PER_MILLI = 34_000_000;

  private static final int CURSOR_PIXEL_BYTES = 4;
  private static final int FETCHERS = PLANE_CTL_COUNT + 1;

  private final Pipe[] pipes;
  private final PowerWells wells;
  private final DisplayClocks clocks;
  private final int[] owners;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] underruns;
  private int fetchers;
  private long bytesPerMilli;

  DataBuffer(Pipe[] pipes, PowerWells wells, DisplayClocks clocks) {
    this.pipes = pipes;
    this.wells = wells;
    this.clocks = clocks;
    int most = pipes.length * FETCHERS;
    owners = new int[most];
    starts = new int[most];
    ends = new int[most];
    underruns = new boolean[pipes.length];
  }

  /** Tells every pipe whether it underruns. */
  void check() {
    fetchers = 0;
    bytesPerMilli = 0;
    for (Pipe pipe : pipes) {
      underruns[pipe.index()] = false;
      if (pipe.sweep().runs()) add(pipe);
    }
    findOverlaps();
    boolean tooMuch = bytesPerMilli > MEMORY_BYTES_PER_MILLI;
    for (Pipe pipe : pipes) {
      pipe.setUnderrun(pipe.sweep().runs() && (underruns[pipe.index()] || tooMuch));
    }
  }

  private void add(Pipe pipe) {
    Latched latched = pipe.latched();
    for (int plane = 0; plane < PLANE_CTL_COUNT; plane++) {
      int control = latched.plane(plane, PLANE_CTL);
      if ((control & PLANE_CTL_ENABLE) == 0) continue;
      add(pipe, latched.plane(plane, PLANE_BUF_CFG), latched.plane(plane, PLANE_WM_0));
      checkRate(pipe, Scaler.boundTo(latched, plane), latched.plane(plane, PLANE_SIZE));
      bytesPerMilli += (long) pipe.sweep().timing().pixelClockKhz() * pixelBytes(control);
    }
    if (CursorPainter.size(latched.pipe(CUR_CTL)) > 0) {
      add(pipe, latched.pipe(CUR_BUF_CFG), latched.pipe(CUR_WM_0));
      bytesPerMilli += (long) pipe.sweep().timing().pixelClockKhz() * CURSOR_PIXEL_BYTES;
    }
  }

  private static int pixelBytes(int control) {
    if ((control & PLANE_CTL_Y_PLANE) != 0) return 1;
    return switch (control & PLANE_CTL_FORMAT_MASK) {
      case PLANE_CTL_FORMAT_NV12 -> 1;
      case PLANE_CTL_FORMAT_RGB_565 -> 2;
      default -> 4;
    };
  }

  private void add(Pipe pipe, int allocation, int watermark) {
    int start = allocation & PLANE_BUF_CFG_START_MASK;
    int end = (allocation & PLANE_BUF_CFG_END_MASK) >>> PLANE_BUF_CFG_END_SHIFT;
    owners[fetchers] = pipe.index();
    starts[fetchers] = start;
    ends[fetchers] = end;
    fetchers++;
    boolean served =
        end > 0
            && start <= end
            && end < BLOCKS
            && (start >= SLICE_BLOCKS || wells.slice(0))
            && (end < SLICE_BLOCKS || wells.slice(1))
            && (watermark & PLANE_WM_0_ENABLE) != 0
            && (watermark & PLANE_WM_0_BLOCKS_MASK) <= end - start + 1;
    if (!served) underruns[pipe.index()] = true;
  }

  private void checkRate(Pipe pipe, int scaler, int size) {
    if (scaler < 0) return;
    Window target = Scaler.window(pipe.latched(), scaler);
    long source =
        (long) ((size & PLANE_SIZE_WIDTH_MASK) + 1) * ((size >>> PLANE_SIZE_HEIGHT_SHIFT) + 1);
    long shown = (long) target.width() * target.height();
    if (shown == 0 || source <= shown) return;
    long rate = pipe.sweep().timing().pixelClockKhz() * source / shown;
    if (rate > clocks.pixelRateMaxKhz()) underruns[pipe.index()] = true;
  }

  private void findOverlaps() {
    for (int i = 0; i < fetchers; i++) {
      for (int j = i + 1; j < fetchers; j++) {
        if (starts[i] > ends[j] || starts[j] > ends[i]) continue;
        underruns[owners[i]] = true;
        underruns[owners[j]] = true;
      }
    }
  }
}
