package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.Door;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.FieldType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Traces for the tests: a schema with calls of every shape and seeded streams of events. */
final class Samples {
  static final Lane LANE = Lane.of("kmd");
  static final List<Lane> LANES =
      List.of(LANE, Lane.of("triangle", 7, "main"), new Lane("m", "00:02.0", "vm1", "p", 9, "t"));

  static final CallType CREATE =
      new CallType(
          1,
          Door.APP,
          "D3DKMTCreateThing",
          List.of(
              Field.hex("handle"),
              Field.text("name"),
              Field.of(
                  "parts",
                  new FieldType.ListOf(
                      new FieldType.Struct(
                          List.of(
                              Field.integer("size"),
                              Field.of("label", new FieldType.Maybe(FieldType.TEXT)),
                              Field.of("tags", new FieldType.ListOf(FieldType.INT))))))),
          List.of(
              Field.of("status", new FieldType.Enumeration(List.of("SUCCESS", "NO_MEMORY"))),
              Field.bytes("data")));

  static final CallType SUBMIT =
      new CallType(
          200,
          Door.DDI,
          "DxgkDdiSubmit",
          List.of(
              Field.hex("context"),
              Field.integer("fence").by("context"),
              Field.of(
                  "operation",
                  new FieldType.OneOf(
                      List.of(
                          Field.integer("flush"),
                          Field.of(
                              "fill",
                              new FieldType.Struct(
                                  List.of(Field.hex("address"), Field.text("pattern")))))))),
          List.of());

  static final CallType NOTIFY =
      new CallType(3, Door.CALLBACK, "DxgkCbNotify", List.of(), List.of(Field.bool("done")));

  private Samples() {}

  static Header header() {
    return new Header(
        42,
        "tgl",
        "wddm",
        List.of("app", "bus"),
        "triangle",
        Map.of("frames", "3", "width", "64"),
        List.of("loop@rcs0:request=3"),
        "1",
        "0.1.0",
        Optional.empty(),
        EventKinds.schema(List.of(CREATE, SUBMIT, NOTIFY)));
  }

  /** A trace in memory whose chunks are closed where the pieces of it end. */
  static byte[] trace(List<Consumer<EventSink>> pieces) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, header())) {
      for (Consumer<EventSink> piece : pieces) {
        piece.accept(writer.events());
        writer.flush();
      }
    }
    return out.toByteArray();
  }

  /** A small trace of several chunks and blobs. */
  static byte[] smallTrace() throws IOException {
    return trace(
        List.of(
            sink -> randomEvents(sink, 1, 30),
            sink -> randomEvents(sink, 2, 1),
            sink -> randomEvents(sink, 3, 60),
            sink -> randomEvents(sink, 4, 20)));
  }

  static TraceReader open(byte[] trace) throws IOException {
    return TraceReader.read("test", new ByteArrayInputStream(trace));
  }

  static List<Event> eventsOf(TraceReader reader) throws IOException {
    var events = new ArrayList<Event>();
    EventCursor cursor = reader.events();
    while (cursor.next()) events.add(cursor.event());
    return events;
  }

  /** All events of an undamaged trace. */
  static List<Event> eventsOf(byte[] trace) throws IOException {
    try (TraceReader reader = open(trace)) {
      List<Event> events = eventsOf(reader);
      assertEquals(List.of(), reader.verify());
      return events;
    }
  }

  /** Begins so many random events; folding and merging may make fewer of them. */
  static void randomEvents(EventSink sink, long seed, int count) {
    var random = new Random(seed);
    int[] lanes = LANES.stream().mapToInt(sink::lane).toArray();
    var bytes = new byte[4200];
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += 1 + random.nextInt(1000);
      randomEvent(sink, random, lanes[random.nextInt(lanes.length)], time, bytes);
    }
  }

  private static void randomEvent(
      EventSink sink, Random random, int lane, long time, byte[] bytes) {
    int width = 1 << random.nextInt(4);
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> sink.registerRead(lane, time, 4 * random.nextInt(64), 4, random.nextInt(2));
      case 3, 4, 5 -> sink.registerWrite(lane, time, 4 * random.nextInt(64), 4, random.nextInt());
      case 6 -> sink.configRead(lane, time, random.nextInt(256), width, random.nextLong());
      case 7 -> sink.configWrite(lane, time, random.nextInt(256), width, random.nextLong());
      case 8 -> sink.memoryRead(lane, time, random.nextLong(), 8, random.nextLong());
      case 9 -> sink.memoryWrite(lane, time, 8 * random.nextInt(4), 8, random.nextLong());
      case 10 -> {
        var start = new byte[64];
        random.nextBytes(start);
        System.arraycopy(start, 0, bytes, 0, start.length);
        int length = random.nextInt(10) == 0 ? bytes.length : random.nextInt(64);
        sink.memoryWrite(lane, time, random.nextLong(), bytes, 0, length);
      }
      case 11 -> sink.mappingWrite(lane, time, 5, 16, 4096, bytes, 8, 24);
      case 12 -> sink.mappingRead(lane, time, 5, 64, 8192, 4, random.nextInt(3));
      case 13 -> sink.mappingRead(lane, time, 5, 64, 8192, bytes, 0, 4100);
      case 14 -> sink.interrupt(lane, time, random.nextInt(32));
      case 15 ->
          sink.begin(EventKinds.HEARTBEAT_EMITTED, lane, time)
              .text("rcs" + random.nextInt(2))
              .integer(random.nextInt(100))
              .integer(-1023)
              .end();
      case 16 -> sink.begin(EventKinds.GT_AWAKE, lane, time).bool(random.nextBoolean()).end();
      case 17 -> create(sink, random, lane, time);
      case 18 -> submit(sink, random, lane, time);
      default -> sink.leave(NOTIFY, lane, time).bool(random.nextBoolean()).end();
    }
  }

  private static void submit(EventSink sink, Random random, int lane, long time) {
    FieldSink event = sink.enter(SUBMIT, lane, time).integer(random.nextInt(3));
    event.integer(random.nextLong());
    if (random.nextBoolean()) event.alternative(0).integer(5);
    else event.alternative(1).integer(random.nextLong()).text("pattern");
    event.end();
  }

  private static void create(EventSink sink, Random random, int lane, long time) {
    if (random.nextBoolean()) {
      sink.leave(CREATE, lane, time).integer(random.nextInt(2)).bytes(new byte[3]).end();
      return;
    }
    FieldSink event = sink.enter(CREATE, lane, time).integer(random.nextLong());
    event.text("thing " + random.nextInt(5) + " é\u20ac");
    int parts = random.nextInt(4);
    event.listSize(parts);
    for (int i = 0; i < parts; i++) {
      event.integer(random.nextInt());
      boolean labelled = random.nextBoolean();
      event.present(labelled);
      if (labelled) event.text("label");
      int tags = random.nextInt(3);
      event.listSize(tags);
      for (int tag = 0; tag < tags; tag++) event.integer(tag);
    }
    event.end();
  }
}
