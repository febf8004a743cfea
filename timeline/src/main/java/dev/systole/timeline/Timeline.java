package dev.systole.timeline;

import java.util.List;

/**
 * A timeline: rows in the order of time.
 *
 * @param lanes the names of the lanes, left to right: the engines that occur, then {@link
 *     #RECOVERY}
 */
public record Timeline(List<String> lanes, List<Row> rows) {
  /** The lane of captures, resets and what the log says of them. */
  public static final String RECOVERY = "recovery";

  public Timeline {
    lanes = List.copyOf(lanes);
    rows = List.copyOf(rows);
  }

  /**
   * One thing that happened.
   *
   * @param event its number in the trace
   * @param timeNanos virtual time
   * @param lane one of the timeline's lanes
   */
  public record Row(long event, long timeNanos, String lane, String text) {}
}
