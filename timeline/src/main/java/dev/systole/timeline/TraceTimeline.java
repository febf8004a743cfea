package dev.systole.timeline;

import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.schema.CallRole;
import java.io.IOException;

/** The timeline of a trace. */
public final class TraceTimeline {
  private TraceTimeline() {}

  /** Reads what the trace says about health, as far as it can be read. */
  public static Timeline of(TraceReader trace) throws IOException {
    var builder = new TimelineBuilder();
    EventCursor cursor = trace.events(kind -> kind.role() == CallRole.NONE);
    while (cursor.next()) builder.accept(cursor.event());
    return builder.build();
  }
}
