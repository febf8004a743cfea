package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * How a transcoder sweeps its frames, and where it is at a time. It begins with the first pixel of
 * a frame at {@code startNanos}.
 *
 * @param totalWidth,totalHeight with blanking, in pixels and lines
 * @param blankStart,syncStart the lines at which the vertical ones begin
 */
record Timing(
    long startNanos,
    int pixelClockKhz,
    int activeWidth,
    int activeHeight,
    int totalWidth,
    int totalHeight,
    int blankStart,
    int syncStart) {
  /** Of a pipe without a neighbour's help (i915: intel_dp_needs_joiner, skl_plane_max_height). */
  static final int ACTIVE_WIDTH_MAX = 5120;

  static final int ACTIVE_HEIGHT_MAX = 4320;

  /** i915: intel_mode_valid. */
  private static final int TOTAL_WIDTH_MAX = 16_384;

  private static final int TOTAL_HEIGHT_MAX = 8192;

  /** Two pixels a clock of the fastest CDCLK. */
  private static final int PIXEL_CLOCK_MAX_KHZ = 2 * 652_800;

  private static final int LOW_HALF = 0xffff;
  private static final int NANOS_PER_KHZ = 1_000_000;

  /** What the registers of transcoder {@code number} ask for. */
  static Timing of(PagedMemory registers, int number, int pixelClockKhz, long startNanos) {
    int base = number * TRANS_HTOTAL_STRIDE_BYTES;
    int horizontal = registers.load32(base + TRANS_HTOTAL);
    int vertical = registers.load32(base + TRANS_VTOTAL);
    return new Timing(
        startNanos,
        pixelClockKhz,
        (horizontal & LOW_HALF) + 1,
        (vertical & LOW_HALF) + 1,
        (horizontal >>> 16) + 1,
        (vertical >>> 16) + 1,
        (registers.load32(base + TRANS_VBLANK) & LOW_HALF) + 1,
        (registers.load32(base + TRANS_VSYNC) & LOW_HALF) + 1);
  }

  /** Whether a transcoder can do this. */
  boolean possible() {
    return pixelClockKhz > 0
        && pixelClockKhz <= PIXEL_CLOCK_MAX_KHZ
        && activeWidth <= Math.min(totalWidth, ACTIVE_WIDTH_MAX)
        && activeHeight <= Math.min(totalHeight, ACTIVE_HEIGHT_MAX)
        && totalWidth <= TOTAL_WIDTH_MAX
        && totalHeight <= TOTAL_HEIGHT_MAX
        && blankStart < totalHeight
        && syncStart < totalHeight;
  }

  private long framePixels() {
    return (long) totalWidth * totalHeight;
  }

  /** Pixels swept until {@code nanos}; in two steps, so that no product is too large. */
  private long pixels(long nanos) {
    long passed = Math.max(0, nanos - startNanos);
    return passed / NANOS_PER_KHZ * pixelClockKhz
        + passed % NANOS_PER_KHZ * pixelClockKhz / NANOS_PER_KHZ;
  }

  /** The first nanosecond at which {@code pixels} have been swept. */
  private long nanosAt(long pixels) {
    long rest = pixels % pixelClockKhz * NANOS_PER_KHZ;
    return startNanos
        + pixels / pixelClockKhz * NANOS_PER_KHZ
        + (rest + pixelClockKhz - 1) / pixelClockKhz;
  }

  /** The line that is swept at {@code nanos}. */
  int line(long nanos) {
    return (int) (pixels(nanos) % framePixels() / totalWidth);
  }

  /** How many vertical blanks have begun up to {@code nanos}, inclusive. */
  long frames(long nanos) {
    long beyondBlank = pixels(nanos) - (long) blankStart * totalWidth;
    return beyondBlank < 0 ? 0 : beyondBlank / framePixels() + 1;
  }

  /** When vertical blank number {@code frame}, counted from 1, began. */
  long blankNanos(long frame) {
    return nanosAt((frame - 1) * framePixels() + (long) blankStart * totalWidth);
  }

  /** When {@code line} begins next after {@code nanos}. */
  long nextNanos(int line, long nanos) {
    long first = (long) line * totalWidth;
    long swept = pixels(nanos);
    long frame = swept < first ? 0 : (swept - first) / framePixels() + 1;
    return nanosAt(frame * framePixels() + first);
  }

  void save(StateSink sink) {
    sink.putLong(startNanos);
    sink.putInts(
        new int[] {
          pixelClockKhz, activeWidth, activeHeight, totalWidth, totalHeight, blankStart, syncStart
        });
  }

  static Timing restore(StateSource source, long nowNanos) {
    long start = source.takeLong();
    int[] values = new int[7];
    source.takeInts(values);
    var timing =
        new Timing(
            start, values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    boolean sane = start >= 0 && start <= nowNanos && timing.possible();
    for (int value : values) sane &= value > 0;
    if (!sane) throw new StateException("saved state: no transcoder runs as " + timing);
    return timing;
  }
}
