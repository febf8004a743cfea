package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.trace.event.BusEvent.MemoryWrite;
import dev.systole.trace.event.BusEvent.RegisterRead;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.MappingEvent.MappingWrite;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FoldingTest {

  @Test
  void aPollIsOneEventWithACount() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              for (int i = 0; i < 1000; i++) sink.registerRead(lane, 100 + 50 * i, 0xd84, 4, 0);
              sink.registerRead(lane, 100 + 50 * 1000, 0xd84, 4, 1);
            });
    assertEquals(2, events.size());
    var poll = (RegisterRead) events.getFirst();
    assertEquals(1000, poll.count());
    assertEquals(50, poll.stepNanos());
    assertEquals(100, poll.timeNanos());
    assertEquals(1, ((RegisterRead) events.get(1)).count());
  }

  @Test
  void readsAtAnotherDistanceAreAnotherEvent() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              for (long time : new long[] {10, 20, 30, 45, 60})
                sink.registerRead(lane, time, 0xd84, 4, 0);
            });
    assertEquals(
        List.of(3L, 2L), events.stream().map(event -> ((RegisterRead) event).count()).toList());
  }

  @Test
  void anEventBetweenEndsAPoll() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              sink.registerRead(lane, 10, 0xd84, 4, 0);
              sink.interrupt(lane, 15, 0);
              sink.registerRead(lane, 20, 0xd84, 4, 0);
            });
    assertEquals(3, events.size());
  }

  @Test
  void contiguousWritesAreOneEvent() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              sink.memoryWrite(lane, 1, 0x1000, 4, 0x04030201);
              sink.memoryWrite(lane, 2, 0x1004, new byte[] {5, 6, 7}, 1, 2);
              sink.memoryWrite(lane, 3, 0x1006, 1, 8);
              sink.memoryWrite(lane, 4, 0x1000, 1, 9);
            });
    assertEquals(2, events.size());
    byte[] merged = ((MemoryWrite) events.getFirst()).bytes().toBytes();
    assertArrayEquals(new byte[] {1, 2, 3, 4, 6, 7, 8}, merged);
  }

  @Test
  void aLongRowOfShortWritesStaysShortEnoughToStandWithTheEvents() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              for (int i = 0; i < 2048; i++) sink.memoryWrite(lane, i, 4 * i, 4, i);
            });
    assertEquals(
        List.of(4092L, 4092L, 8L),
        events.stream().map(event -> ((MemoryWrite) event).bytes().lengthBytes()).toList());
  }

  @Test
  void everyReadOfAPollIsACrossingAndAMergedWriteIsOne() throws IOException {
    try (var writer = TraceWriter.to(OutputStream.nullOutputStream(), Samples.header())) {
      EventSink sink = writer.events();
      int lane = sink.lane(Samples.LANE);
      for (int i = 0; i < 10; i++) sink.registerRead(lane, i, 0xd84, 4, 0);
      for (int i = 0; i < 10; i++) sink.memoryWrite(lane, 10 + i, 4 * i, 4, i);
      assertEquals(11, writer.crossingCount());
      assertEquals(2, sink.eventCount());
    }
  }

  @Test
  void mappingWritesMergeOnlyWhereTheBusAddressContinuesToo() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              int lane = sink.lane(Samples.LANE);
              sink.mappingWrite(lane, 1, 7, 0xff8, 0x5ff8, 4, 1);
              sink.mappingWrite(lane, 2, 7, 0xffc, 0x5ffc, 4, 2);
              sink.mappingWrite(lane, 3, 7, 0x1000, 0x9000, 4, 3);
              sink.mappingWrite(lane, 4, 8, 0x1004, 0x9004, 4, 4);
            });
    assertEquals(
        List.of(8L, 4L, 4L),
        events.stream().map(event -> ((MappingWrite) event).bytes().lengthBytes()).toList());
  }

  @Test
  void anotherLaneIsAnotherEvent() throws IOException {
    List<Event> events =
        eventsOf(
            sink -> {
              for (int i = 0; i < 2; i++)
                sink.memoryWrite(sink.lane(Samples.LANES.get(i)), i, 4L * i, 4, 0);
            });
    assertEquals(2, events.size());
  }

  private static List<Event> eventsOf(Consumer<EventSink> events) throws IOException {
    return Samples.eventsOf(Samples.trace(List.of(events)));
  }
}
