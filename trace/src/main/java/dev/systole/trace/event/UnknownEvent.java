package dev.systole.trace.event;

import dev.systole.trace.schema.EventKind;
import java.util.List;

/** An event of a kind that only the file's schema knows. */
public record UnknownEvent(At at, EventKind kind, List<Value> values) implements Event {
  public UnknownEvent {
    values = List.copyOf(values);
  }
}
