package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.Dmesg;
import dev.systole.trace.event.UnknownEvent;
import dev.systole.trace.schema.Author;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeaderTest {

  @Test
  void theHeaderComesBackAsItWas() throws IOException {
    Header plain = Samples.header();
    Header edited = with(Optional.of(new Header.Origin(plain.uuid(), "replay")), plain.schema());
    for (Header header : List.of(plain, edited)) {
      try (TraceReader reader = Samples.open(empty(header))) {
        assertEquals(header, reader.header());
        assertEquals(header.uuid(), reader.uuid());
      }
    }
    assertNotEquals(plain.uuid(), edited.uuid());
    assertEquals(8, plain.uuid().version());
    assertEquals(2, plain.uuid().variant());
  }

  @Test
  void aFileOfAnotherMajorVersionIsRefused() throws IOException {
    var tooNew =
        assertThrows(TraceTooNewException.class, () -> Samples.open(version(2, 0)).close());
    assertEquals(
        "test: trace format 2.0 is too new: this version reads 1.x; use a newer Systole",
        tooNew.getMessage());
    var tooOld =
        assertThrows(TraceTooOldException.class, () -> Samples.open(version(0, 9)).close());
    assertEquals(
        "test: trace format 0.9 is too old: this version reads 1.x; record it again",
        tooOld.getMessage());
  }

  @Test
  void aFileOfANewerMinorVersionIsRead() throws IOException {
    try (TraceReader reader = Samples.open(version(1, 7))) {
      assertEquals(Samples.header(), reader.header());
    }
  }

  @Test
  void fieldsThatAFileDoesNotHaveAreEmptyAndFieldsThatWeDoNotKnowAreIgnored() throws IOException {
    EventKind older =
        EventKind.of(
            EventKinds.DMESG.id(), "dmesg", Author.KMD, Field.text("line"), Field.hex("new"));
    EventKind foreign = EventKind.of(250, "foreign", Author.OS, Field.integer("n"));
    var out = new ByteArrayOutputStream();
    var schema = new Schema(List.of(older, foreign), List.of());
    try (var writer = TraceWriter.to(out, with(Optional.empty(), schema))) {
      EventSink sink = writer.events();
      sink.begin(older, sink.lane(Samples.LANE), 1).text("hello").integer(9).end();
      sink.begin(foreign, sink.lane(Samples.LANE), 2).integer(5).end();
    }
    List<Event> events = Samples.eventsOf(out.toByteArray());
    var dmesg = (Dmesg) events.getFirst();
    assertEquals("hello", dmesg.line());
    assertEquals(0, dmesg.level());
    assertEquals(foreign, ((UnknownEvent) events.get(1)).kind());
  }

  private static Header with(Optional<Header.Origin> origin, Schema schema) {
    return new Header(
        -1,
        "tgl",
        "wddm",
        List.of("bus"),
        "blit",
        Map.of(),
        List.of(),
        "1",
        "0.1.0",
        origin,
        schema);
  }

  private static byte[] empty(Header header) throws IOException {
    var out = new ByteArrayOutputStream();
    TraceWriter.to(out, header).close();
    return out.toByteArray();
  }

  private static byte[] version(int major, int minor) throws IOException {
    byte[] trace = empty(Samples.header());
    var buffer = Format.littleEndian(trace);
    buffer.putShort(8, (short) major).putShort(10, (short) minor);
    int end = Format.HEADER_FIXED_BYTES + buffer.getInt(12);
    buffer.putInt(end, Format.crc(trace, 0, end));
    return trace;
  }
}
