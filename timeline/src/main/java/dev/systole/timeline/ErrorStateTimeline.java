package dev.systole.timeline;

import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.timeline.Timeline.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an error state tells of time, since the machine was booted (i915: i915_gpu_error.c:
 * __err_print_to_sgl): when the GT was initialised or resumed, the capture with each engine's
 * verdict, and when the file was read out.
 */
public final class ErrorStateTimeline {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,10}) s (\\d{1,6}) us");
  private static final Pattern AGE = Pattern.compile("\\d+ jiffies; (\\d{1,12}) ms ago.*");
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private ErrorStateTimeline() {}

  /** The timeline; without rows when the file does not say when it was captured. */
  public static Timeline of(ErrorState state) {
    var lanes = new ArrayList<>(state.engines().stream().map(EngineState::name).toList());
    lanes.add(Timeline.RECOVERY);
    OptionalLong captured = nanos(state, "Boottime");
    return new Timeline(
        lanes, captured.isPresent() ? rows(state, captured.getAsLong()) : List.of());
  }

  private static List<Row> rows(ErrorState state, long capturedNanos) {
    var rows = new ArrayList<Row>();
    nanos(state, "Uptime")
        .ifPresent(up -> rows.add(recovery(capturedNanos - up, "GT initialised or resumed")));
    for (EngineState engine : state.engines()) {
      rows.add(new Row(0, capturedNanos, engine.name(), verdict(engine)));
    }
    String message = state.hang().map(hang -> ": " + hang).orElse(", not of a hang");
    rows.add(recovery(capturedNanos, "captured" + message));
    state
        .property("Capture")
        .map(AGE::matcher)
        .filter(Matcher::matches)
        .map(age -> Long.parseLong(age.group(1)) * NANOS_PER_MILLI)
        .ifPresent(age -> rows.add(recovery(capturedNanos + age, "read out")));
    return rows;
  }

  private static String verdict(EngineState engine) {
    String owner = engine.context().map(context -> ", runs " + context.process()).orElse("");
    return (engine.hung() ? "hung" : "not hung") + owner;
  }

  private static Row recovery(long timeNanos, String text) {
    return new Row(0, timeNanos, Timeline.RECOVERY, text);
  }

  private static OptionalLong nanos(ErrorState state, String key) {
    Matcher duration = DURATION.matcher(state.property(key).orElse(""));
    if (!duration.matches()) return OptionalLong.empty();
    return OptionalLong.of(
        Long.parseLong(duration.group(1)) * NANOS_PER_SECOND
            + Long.parseLong(duration.group(2)) * NANOS_PER_MICRO);
  }
}
