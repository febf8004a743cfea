package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.schema.Author;
import dev.systole.trace.schema.EventKind;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldSinkTest {
  private final EventSink events = new ChunkEncoder(EventKinds.schema(List.of()), new Nowhere());
  private final int lane = events.lane(Samples.LANE);

  @Test
  void anEventMayNotEndBeforeItsLastField() {
    FieldSink event = events.begin(EventKinds.DMESG, lane, 1).integer(6);
    assertThrows(IllegalStateException.class, event::end);
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() {
    FieldSink event = events.begin(EventKinds.DMESG, lane, 1);
    assertThrows(IllegalStateException.class, () -> event.text("level"));
  }

  @Test
  void aFieldBehindTheLastIsRefused() {
    FieldSink event = events.begin(EventKinds.WEDGED, lane, 1).bool(true);
    assertThrows(IllegalStateException.class, () -> event.bool(true));
  }

  @Test
  void aSecondEventMayNotBeginBeforeTheFirstEnds() {
    events.begin(EventKinds.WEDGED, lane, 1);
    assertThrows(IllegalStateException.class, () -> events.registerWrite(lane, 2, 0, 4, 0));
  }

  @Test
  void kindsAndCallsOutsideTheSchemaAreRefused() {
    EventKind foreign = EventKind.of(200, "foreign", Author.KMD);
    assertThrows(IllegalArgumentException.class, () -> events.begin(foreign, lane, 1));
    assertThrows(IllegalArgumentException.class, () -> events.enter(Samples.CREATE, lane, 1));
  }

  private static final class Nowhere implements ChunkSink {
    @Override
    public void blob(ContentHash hash, byte[] source, int offset, int length) {}

    @Override
    public void chunk(ChunkRange range, BitSet kinds, byte[] payload) {}
  }
}
