package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.trace.event.At;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.BusEvent;
import dev.systole.trace.event.CallEvent;
import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.event.HealthEvent;
import dev.systole.trace.event.Lane;
import dev.systole.trace.event.MappingEvent;
import dev.systole.trace.event.StateHash;
import dev.systole.trace.event.Value;
import dev.systole.trace.event.WorldEvent;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.FieldType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRoundTripTest {
  private static final Lane LANE = Samples.LANE;

  @Test
  void accessesComeBackAsTheyWere() throws IOException {
    byte[] bytes = {1, 2, 3};
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(LANE);
              sink.registerRead(lane, 10, 0x2034, 4, 0xFFFF_FFFFL);
              sink.registerWrite(lane, 20, 0x2030, 8, -1);
              sink.configRead(lane, 30, 4, 2, 0x8086);
              sink.configWrite(lane, 40, 6, 2, 7);
              sink.memoryRead(lane, 50, 0x1000, 8, Long.MIN_VALUE);
              sink.memoryRead(lane, 60, 0x1000, bytes, 1, 2);
              sink.memoryWrite(lane, 70, -8, 4, 0x01020304);
              sink.mappingRead(lane, 80, 5, 64, 0x9000, 4, 3);
              sink.mappingRead(lane, 90, 5, 64, 0x9000, bytes, 0, 3);
              sink.mappingWrite(lane, 100, 5, 64, 0x9000, bytes, 0, 3);
              sink.interrupt(lane, 110, 1);
            });
    assertEquals(
        List.of(
            new BusEvent.RegisterRead(at(0, 10), 0x2034, 4, 0xFFFF_FFFFL, 1, 0),
            new BusEvent.RegisterWrite(at(1, 20), 0x2030, 8, -1),
            new BusEvent.ConfigRead(at(2, 30), 4, 2, 0x8086),
            new BusEvent.ConfigWrite(at(3, 40), 6, 2, 7),
            new BusEvent.MemoryRead(at(4, 50), 0x1000, 8, Long.MIN_VALUE, 1, 0),
            new BusEvent.MemoryReadBlock(at(5, 60), 0x1000, Blob.of(bytes, 1, 2)),
            new BusEvent.MemoryWrite(at(6, 70), -8, Blob.of(new byte[] {4, 3, 2, 1})),
            new MappingEvent.MappingRead(at(7, 80), 5, 64, 0x9000, 4, 3, 1, 0),
            new MappingEvent.MappingReadBlock(at(8, 90), 5, 64, 0x9000, Blob.of(bytes)),
            new MappingEvent.MappingWrite(at(9, 100), 5, 64, 0x9000, Blob.of(bytes)),
            new BusEvent.Interrupt(at(10, 110), 1)),
        events);
  }

  @Test
  void otherEventsComeBackAsTheyWere() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(LANE);
              sink.begin(EventKinds.FAULT_FIRED, lane, 1)
                  .text("loop@rcs0:request=3")
                  .text("rcs0")
                  .integer(3)
                  .integer(0x8000_0000_0000L)
                  .integer(17)
                  .end();
              sink.begin(EventKinds.HEARTBEAT_RAISED, lane, 2)
                  .text("rcs0")
                  .integer(6)
                  .integer(Integer.MAX_VALUE)
                  .end();
              sink.begin(EventKinds.STATE_HASH, lane, 3).integer(1).integer(-2).integer(3).end();
              sink.begin(EventKinds.IOMMU_READ, lane, 4).integer(0x34).integer(2).end();
              sink.begin(EventKinds.IOMMU_WRITE, lane, 5).integer(0x18).integer(1L << 31).end();
            });
    assertEquals(
        List.of(
            new WorldEvent.FaultFired(at(0, 1), "loop@rcs0:request=3", "rcs0", 3, 1L << 47, 17),
            new HealthEvent.HeartbeatRaised(at(1, 2), "rcs0", 6, Integer.MAX_VALUE),
            new StateHash(at(2, 3), 1, -2, 3),
            new BusEvent.IommuRead(at(3, 4), 0x34, 2),
            new BusEvent.IommuWrite(at(4, 5), 0x18, 1L << 31)),
        events);
  }

  @Test
  void aCallComesBackWithItsListsAndOptionals() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(LANE);
              FieldSink call = sink.enter(Samples.CREATE, lane, 1).integer(0x40).text("a");
              call.listSize(2).integer(5).present(true).text("b").listSize(2).integer(7).integer(8);
              call.integer(6).present(false).listSize(0).end();
              sink.leave(Samples.CREATE, lane, 2).integer(1).bytes(new byte[] {9}).end();
            });
    var parts =
        new Value.Items(
            List.of(part(5, Optional.of(new Value.Text("b")), 7, 8), part(6, Optional.empty())));
    assertEquals(
        List.of(
            new CallEvent.CallEntered(
                at(0, 1), Samples.CREATE, List.of(new Value.Int(0x40), new Value.Text("a"), parts)),
            new CallEvent.CallLeft(
                at(1, 2),
                Samples.CREATE,
                List.of(new Value.Int(1), new Value.Bytes(Blob.of(new byte[] {9}))))),
        events);
    FieldReader in = ((CallEvent) events.getFirst()).reader(Samples.CREATE);
    assertEquals(0x40, in.integer());
    assertEquals("a", in.text());
    assertEquals(2, in.listSize());
    assertEquals(5, in.integer());
    assertTrue(in.present());
    assertEquals("b", in.text());
  }

  private static Value part(long size, Optional<Value> label, long... tags) {
    var items = new ArrayList<Value>();
    for (long tag : tags) items.add(new Value.Int(tag));
    return new Value.Fields(
        List.of(new Value.Int(size), new Value.Maybe(label), new Value.Items(items)));
  }

  @Test
  void everyKindHasARecordThatTakesItsFields() throws IOException {
    var kinds =
        EventKinds.schema(List.of()).kinds().stream()
            .filter(kind -> kind.role() == CallRole.NONE)
            .toList();
    List<Event> events =
        eventsOf(sink -> kinds.forEach(kind -> anyFields(sink, kind, sink.lane(LANE))));
    for (int i = 0; i < kinds.size(); i++) {
      String name = events.get(i).getClass().getSimpleName();
      String hyphened = name.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      assertEquals(kinds.get(i).name(), hyphened);
    }
  }

  private static void anyFields(EventSink sink, EventKind kind, int lane) {
    FieldSink event = sink.begin(kind, lane, 1);
    for (var field : kind.fields())
      switch (field.type()) {
        case FieldType.Int _, FieldType.Hex _ -> event.integer(1);
        case FieldType.Bool _ -> event.bool(true);
        case FieldType.Text _ -> event.text("t");
        case FieldType.Bytes _ -> event.bytes(new byte[2]);
        default -> throw new AssertionError(field);
      }
    event.end();
  }

  @Test
  void longBytesAreStoredOncePerContent() throws IOException {
    var page = new byte[4096];
    page[7] = 1;
    byte[] trace =
        Samples.trace(
            List.of(
                sink -> {
                  int lane = sink.lane(LANE);
                  for (int i = 0; i < 10; i++) sink.memoryWrite(lane, i, 8192L * i, page, 0, 4096);
                },
                sink -> sink.memoryWrite(sink.lane(LANE), 20, 0, page, 0, 4096)));
    var hash = ContentHash.of(page, 0, page.length);
    try (TraceReader reader = Samples.open(trace)) {
      assertArrayEquals(page, reader.blob(hash));
      for (Event event : Samples.eventsOf(reader)) {
        Blob bytes = ((BusEvent.MemoryWrite) event).bytes();
        assertEquals(Optional.of(hash), bytes.hash());
        assertArrayEquals(page, bytes.toBytes());
      }
    }
    long blobs = Chunks.of(trace).stream().filter(chunk -> chunk.kind() == 2).count();
    assertEquals(1, blobs);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsReadAndAppendedAgainGivesTheSameChunks(long seed) throws IOException {
    byte[] trace = Samples.trace(List.of(sink -> Samples.randomEvents(sink, seed, 20_000)));
    var again = new ArrayList<byte[]>();
    var encoder =
        new ChunkEncoder(
            Samples.header().schema(),
            new ChunkSink() {
              @Override
              public void blob(ContentHash hash, byte[] source, int offset, int length) {}

              @Override
              public void chunk(ChunkRange range, BitSet kinds, byte[] payload) {
                again.add(payload);
              }
            });
    try (TraceReader reader = Samples.open(trace)) {
      EventCursor cursor = reader.events();
      while (cursor.next()) Copying.copy(cursor, encoder);
      encoder.flush();
      assertEquals(List.of(), reader.verify());
      assertEquals(reader.chunks().size(), again.size());
      for (int i = 0; i < again.size(); i++)
        assertArrayEquals(reader.payload(i), again.get(i), "seed " + seed + ", chunk " + i);
    }
  }

  private static List<Event> eventsOf(Consumer<EventSink> events) throws IOException {
    return Samples.eventsOf(Samples.trace(List.of(events)));
  }

  private static At at(long number, long timeNanos) {
    return new At(number, timeNanos, LANE);
  }
}
