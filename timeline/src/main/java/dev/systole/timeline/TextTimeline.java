package dev.systole.timeline;

import dev.systole.timeline.Timeline.Row;
import java.util.Locale;

/**
 * Prints a timeline in lanes, a row per line, each text below the name of its lane. Time that
 * passes without anything to tell is shown as a break.
 */
public final class TextTimeline {
  private static final long BREAK_FROM_NANOS = 100_000_000;
  private static final int TIME_WIDTH = 14;
  private static final int LANE_WIDTH = 6;

  private TextTimeline() {}

  /** The whole timeline as text; lines end with a line feed. */
  public static String print(Timeline timeline) {
    var out = new StringBuilder();
    header(out, timeline);
    long lastNanos = 0;
    for (Row row : timeline.rows()) {
      long passedNanos = row.timeNanos() - lastNanos;
      if (passedNanos >= BREAK_FROM_NANOS) gap(out, timeline, passedNanos);
      time(out, row.timeNanos());
      rails(out, timeline, row.lane());
      out.append(row.text()).append('\n');
      lastNanos = Math.max(lastNanos, row.timeNanos());
    }
    if (timeline.rows().isEmpty()) out.append("nothing happened to any engine\n");
    return out.toString();
  }

  private static void header(StringBuilder out, Timeline timeline) {
    out.append(" ".repeat(TIME_WIDTH - 4)).append("time  ");
    for (String lane : timeline.lanes()) {
      out.append(lane).append(" ".repeat(Math.max(0, LANE_WIDTH - lane.length())));
    }
    out.append('\n');
  }

  private static void gap(StringBuilder out, Timeline timeline, long passedNanos) {
    out.append(" ".repeat(TIME_WIDTH)).append("  ");
    for (String _ : timeline.lanes()) {
      out.append(':').append(" ".repeat(LANE_WIDTH - 1));
    }
    out.append(duration(passedNanos)).append(" pass\n");
  }

  private static void time(StringBuilder out, long timeNanos) {
    String text = stamp(timeNanos);
    out.append(" ".repeat(Math.max(0, TIME_WIDTH - text.length()))).append(text).append("  ");
  }

  private static void rails(StringBuilder out, Timeline timeline, String lane) {
    for (String each : timeline.lanes()) {
      boolean here = each.equals(lane);
      out.append(here ? '*' : '|').append(" ".repeat(LANE_WIDTH - 1));
    }
    out.append(lane.equals(Timeline.RECOVERY) ? "" : lane + " ");
  }

  /** Seconds with microseconds, as the kernel's log writes times. */
  static String stamp(long timeNanos) {
    return String.format(
        Locale.ROOT, "%d.%06d", timeNanos / 1_000_000_000, timeNanos / 1_000 % 1_000_000);
  }

  /** A duration in the unit that suits it. */
  static String duration(long nanos) {
    if (nanos >= 1_000_000_000) return decimal(nanos, 1_000_000_000) + " s";
    if (nanos >= 1_000_000) return decimal(nanos, 1_000_000) + " ms";
    if (nanos >= 1_000) return decimal(nanos, 1_000) + " us";
    return nanos + " ns";
  }

  private static String decimal(long nanos, long unitNanos) {
    long whole = nanos / unitNanos;
    long tenths = nanos % unitNanos * 10 / unitNanos;
    return tenths == 0 ? Long.toString(whole) : whole + "." + tenths;
  }
}
