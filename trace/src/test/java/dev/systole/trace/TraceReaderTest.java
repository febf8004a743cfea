package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {

  @Test
  void aFileIsReadAsItsBytesAre(@TempDir Path folder) throws IOException {
    byte[] trace = Samples.smallTrace();
    List<Event> expected = Samples.eventsOf(trace);
    Path plain = folder.resolve("t.systole");
    Files.write(plain, trace);
    Path zipped = folder.resolve("t.systole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(trace);
    }
    for (Path file : List.of(plain, zipped)) {
      try (TraceReader reader = TraceReader.open(file)) {
        assertEquals(expected, Samples.eventsOf(reader));
        assertTrue(reader.finished());
      }
    }
  }

  @Test
  void ofAGzippedFileThatIsCutEveryCompleteChunkIsRead() throws IOException {
    byte[] trace = Samples.smallTrace();
    var zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(trace);
    }
    int length = zipped.size() * 3 / 4;
    var cut = new ByteArrayInputStream(zipped.toByteArray(), 0, length);
    try (TraceReader reader = TraceReader.read("cut", cut)) {
      assertFalse(reader.finished());
      List<Event> all = Samples.eventsOf(trace);
      List<Event> read = Samples.eventsOf(reader);
      assertFalse(read.isEmpty());
      assertEquals(all.subList(0, read.size()), read);
    }
  }

  @Test
  void whatADeadRecorderLeftIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.systole");
    var writer = TraceWriter.create(file, Samples.header());
    Samples.randomEvents(writer.events(), 1, 100);
    writer.flush();
    long count = writer.events().eventCount();
    writer.events().begin(EventKinds.WEDGED, writer.events().lane(Samples.LANE), 1);
    try {
      writer.close();
    } catch (IllegalStateException _) {
      // The recorder died within an event.
    }
    try (TraceReader reader = TraceReader.open(folder.resolve("t.systole.part"))) {
      assertFalse(reader.finished());
      assertEquals(count, Samples.eventsOf(reader).size());
    }
  }

  @Test
  void anyEventIsFoundByItsNumber() throws IOException {
    try (TraceReader reader = Samples.open(Samples.smallTrace())) {
      List<Event> all = Samples.eventsOf(reader);
      EventCursor cursor = reader.events();
      for (int number = all.size() - 1; number >= 0; number--) {
        cursor.seek(number);
        assertTrue(cursor.next());
        assertEquals(all.get(number), cursor.event());
      }
      cursor.seek(all.size());
      assertFalse(cursor.next());
    }
  }

  @Test
  void anyEventIsFoundByItsTime() throws IOException {
    byte[] trace =
        Samples.trace(
            List.of(
                sink -> interrupts(sink, 0, 10),
                sink -> interrupts(sink, 10, 20),
                sink -> interrupts(sink, 20, 30)));
    try (TraceReader reader = Samples.open(trace)) {
      EventCursor cursor = reader.events();
      for (int time = 0; time < 290; time++) {
        cursor.seekTime(time);
        assertTrue(cursor.next());
        assertEquals((time + 9) / 10, cursor.number());
      }
      cursor.seekTime(291);
      assertFalse(cursor.next());
    }
  }

  private static void interrupts(EventSink sink, int from, int to) {
    for (int i = from; i < to; i++) sink.interrupt(sink.lane(Samples.LANE), 10L * i, 0);
  }

  @Test
  void whoWantsSomeKindsGetsThoseOnly() throws IOException {
    try (TraceReader reader = Samples.open(Samples.smallTrace())) {
      for (var kind : List.of(EventKinds.INTERRUPT, EventKinds.CALL_ENTER, EventKinds.DMESG)) {
        var expected = new ArrayList<Event>();
        EventCursor all = reader.events();
        while (all.next()) if (all.kind().equals(kind)) expected.add(all.event());
        var some = new ArrayList<Event>();
        EventCursor cursor = reader.events(kind::equals);
        while (cursor.next()) some.add(cursor.event());
        assertEquals(expected, some);
      }
    }
  }

  @Test
  void anEventIsPrintedByTheSchemaAlone() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = TraceWriter.to(out, Samples.header())) {
      EventSink sink = writer.events();
      int lane = sink.lane(Samples.LANES.get(2));
      sink.registerRead(lane, 2400, 0x2034, 4, -1);
      FieldSink call = sink.enter(Samples.CREATE, lane, 2500).integer(64).text("a \"b\"\n");
      call.listSize(1).integer(5).present(false).listSize(2).integer(1).integer(2).end();
      sink.leave(Samples.CREATE, lane, 2600).integer(1).bytes(new byte[] {1, (byte) 0xFF}).end();
    }
    try (TraceReader reader = Samples.open(out.toByteArray())) {
      var text = new ArrayList<String>();
      var json = new ArrayList<String>();
      EventCursor cursor = reader.events();
      while (cursor.next()) {
        text.add(EventPrinter.text(cursor));
        json.add(EventPrinter.json(cursor));
      }
      assertEquals(
          """
          0 2400 m/00:02.0/vm1/p[9]/t register-read offset=0x2034 widthBytes=4 \
          value=0xffffffffffffffff count=1 stepNanos=0
          1 2500 m/00:02.0/vm1/p[9]/t call-enter D3DKMTCreateThing handle=0x40 \
          name="a \\"b\\"\\u000a" parts=[{size=5,label=null,tags=[1,2]}]
          2 2600 m/00:02.0/vm1/p[9]/t call-leave D3DKMTCreateThing status=NO_MEMORY data=01ff""",
          String.join("\n", text));
      assertEquals(
          """
          {"number":2,"time":2600,"lane":"m/00:02.0/vm1/p[9]/t","kind":"call-leave",\
          "call":"D3DKMTCreateThing","fields":{"status":"NO_MEMORY","data":"01ff"}}""",
          json.getLast());
    }
  }

  @Test
  void chunksWithoutTheKindsAskedForAreNotEvenRead() throws IOException {
    byte[] trace =
        Samples.trace(
            List.of(
                sink -> sink.registerWrite(sink.lane(Samples.LANE), 1, 0x2030, 4, 1),
                sink -> sink.interrupt(sink.lane(Samples.LANE), 2, 0)));
    Chunks.Part first = Chunks.of(trace).get(1);
    assertEquals(new ChunkRange(0, 1, 1, 1), first.range());
    trace[(int) first.end() - 1] ^= 1;
    try (TraceReader reader = Samples.open(trace)) {
      EventCursor interrupts = reader.events(EventKinds.INTERRUPT::equals);
      assertTrue(interrupts.next());
      assertEquals(1, interrupts.number());
      assertEquals(List.of(), reader.damage());
    }
  }
}
