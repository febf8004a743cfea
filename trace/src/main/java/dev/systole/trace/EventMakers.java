package dev.systole.trace;

import dev.systole.trace.event.At;
import dev.systole.trace.event.CallEvent;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.FieldMapping;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.event.UnknownEvent;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.Schema;
import java.util.List;

/** Makes records of a file's events: for each of its kinds the way is chosen once. */
final class EventMakers {
  @FunctionalInterface
  private interface Maker {
    Event make(At at, EventCursor event);
  }

  private final Maker[] makers = new Maker[256];

  EventMakers(Schema schema) {
    for (EventKind kind : schema.kinds())
      makers[kind.id()] =
          switch (kind.role()) {
            case ENTER ->
                (at, event) ->
                    new CallEvent.CallEntered(at, event.call().orElseThrow(), event.values());
            case LEAVE ->
                (at, event) ->
                    new CallEvent.CallLeft(at, event.call().orElseThrow(), event.values());
            case NONE -> maker(kind);
          };
  }

  Event make(EventCursor event) {
    var at = new At(event.number(), event.timeNanos(), event.lane());
    return makers[event.kind().id()].make(at, event);
  }

  private static Maker maker(EventKind stored) {
    EventKinds.Maker maker = EventKinds.maker(stored.name()).orElse(null);
    if (maker == null) return (at, event) -> new UnknownEvent(at, stored, event.values());
    List<Field> known = EventKinds.named(stored.name()).orElseThrow().fields();
    if (FieldMapping.isSame(stored.fields(), known))
      return (at, event) -> maker.make(at, event.fields());
    return (at, event) ->
        maker.make(at, FieldReader.of(FieldMapping.map(stored.fields(), event.values(), known)));
  }
}
