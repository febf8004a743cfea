package dev.systole.shell.console;

import dev.systole.errorstate.ErrorState;
import dev.systole.replayer.snapshot.TraceState;
import dev.systole.timeline.Timeline;
import dev.systole.timeline.TraceTimeline;
import dev.systole.trace.Damage;
import dev.systole.trace.EventCursor;
import dev.systole.trace.Header;
import dev.systole.trace.TraceReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A trace. */
final class TraceSubject implements Subject {
  private final String name;
  private final TraceReader trace;
  private ErrorState state;

  TraceSubject(String name, TraceReader trace) {
    this.name = name;
    this.trace = trace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ErrorState state() throws IOException {
    if (state == null) state = TraceState.of(trace, name);
    return state;
  }

  @Override
  public List<String> damages() {
    return trace.damage().stream().map(Damage::toString).toList();
  }

  @Override
  public Timeline timeline() throws IOException {
    return TraceTimeline.of(trace);
  }

  @Override
  public void describe(PrintStream out) throws IOException {
    Header header = trace.header();
    out.printf("trace of %s (%s on %s)\n", header.workload(), header.frontEnd(), header.platform());
    line(out, "seed", Long.toUnsignedString(header.seed()));
    if (!header.arguments().isEmpty()) line(out, "arguments", header.arguments().toString());
    if (!header.faults().isEmpty()) line(out, "faults", String.join(" ", header.faults()));
    line(out, "levels", String.join(" ", header.levels()));
    line(out, "id", trace.uuid().toString());
    header.origin().ifPresent(o -> line(out, "made by", o.operation() + " from " + o.parent()));
    line(out, "events", trace.eventCount() + (trace.finished() ? "" : ", unfinished"));
    if (!trace.chunks().isEmpty()) {
      line(out, "ends at", "%.6f s".formatted(trace.chunks().getLast().lastTimeNanos() / 1e9));
    }
    for (var count : counts().entrySet()) line(out, "  " + count.getKey(), count.getValue() + "");
    damages().forEach(damage -> out.println("  damaged: " + damage));
  }

  private Map<String, Long> counts() throws IOException {
    var counts = new TreeMap<String, Long>();
    EventCursor cursor = trace.events();
    while (cursor.next()) counts.merge(cursor.kind().name(), 1L, Long::sum);
    return counts;
  }

  private static void line(PrintStream out, String what, String value) {
    out.printf("  %-22s %s\n", what, value);
  }
}
