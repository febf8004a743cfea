package dev.systole.replayer;

import dev.systole.decoder.Decoder;
import dev.systole.trace.EventCursor;
import dev.systole.trace.EventPrinter;
import dev.systole.trace.event.BusEvent.RegisterRead;
import dev.systole.trace.event.BusEvent.RegisterWrite;
import dev.systole.trace.event.Event;
import dev.systole.trace.schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Events as people read them: registers by name and bit field. */
final class EventText {
  private final Decoder decoder = Decoder.gen12();

  /** One line; number, time and lane first. */
  String line(EventCursor event) {
    return event.number() + " " + event.timeNanos() + " " + event.lane() + " " + body(event);
  }

  /** The event without its place. */
  String body(EventCursor event) {
    return switch (event.event()) {
      case RegisterRead e -> "read " + register(e.offset(), e.value()) + times(e.count());
      case RegisterWrite e -> "write " + register(e.offset(), e.value());
      case Event _ -> withoutPlace(event);
    };
  }

  private String register(long offset, long value) {
    return decoder.registerName((int) offset) + " = 0x" + Long.toHexString(value);
  }

  private static String times(long count) {
    return count == 1 ? "" : ", " + count + " times";
  }

  private static String withoutPlace(EventCursor event) {
    String place = event.number() + " " + event.timeNanos() + " " + event.lane() + " ";
    return EventPrinter.text(event).substring(place.length());
  }

  /** What differs between two events, value by value. */
  List<String> differences(EventCursor expected, EventCursor found) {
    var differences = new ArrayList<String>();
    compare(differences, "time", expected.timeNanos(), found.timeNanos());
    compare(differences, "lane", expected.lane(), found.lane());
    compare(differences, "kind", expected.kind().name(), found.kind().name());
    if (!differences.isEmpty() && !expected.kind().equals(found.kind())) return differences;
    if (!expected.call().equals(found.call())) return differences;
    List<Field> fields = expected.fieldsOfFile();
    for (int i = 0; i < Math.min(fields.size(), found.values().size()); i++) {
      compare(differences, fields.get(i).name(), expected.values().get(i), found.values().get(i));
    }
    if (expected.event() instanceof RegisterRead a && found.event() instanceof RegisterRead b) {
      bitFields(differences, a.offset(), b.offset(), a.value(), b.value());
    }
    if (expected.event() instanceof RegisterWrite a && found.event() instanceof RegisterWrite b) {
      bitFields(differences, a.offset(), b.offset(), a.value(), b.value());
    }
    return differences;
  }

  private void bitFields(
      List<String> differences, long offset, long otherOffset, long value, long otherValue) {
    if (offset != otherOffset) return;
    var expected = decoder.registerFields((int) offset, (int) value);
    var found = decoder.registerFields((int) offset, (int) otherValue);
    for (int i = 0; i < expected.size(); i++) {
      compare(
          differences,
          decoder.registerName((int) offset) + " " + expected.get(i).name(),
          expected.get(i).text(),
          found.get(i).text());
    }
  }

  private static void compare(
      List<String> differences, String name, Object expected, Object found) {
    if (!expected.equals(found))
      differences.add(name + ": expected " + expected + ", found " + found);
  }
}
