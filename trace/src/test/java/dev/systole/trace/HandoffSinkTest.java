package dev.systole.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.trace.event.ContentHash;
import dev.systole.trace.event.EventKinds;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoffSinkTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anotherThreadWritesTheSameBytes(long seed) throws IOException {
    byte[] direct = Samples.trace(List.of(sink -> Samples.randomEvents(sink, seed, 50_000)));
    byte[] handedOff =
        Samples.trace(
            List.of(
                sink -> {
                  try (var handoff = new HandoffSink(sink)) {
                    Samples.randomEvents(handoff, seed, 50_000);
                  }
                }));
    assertArrayEquals(direct, handedOff, "seed " + seed);
  }

  @Test
  void whatIsPutOffStandsInItsPlace() throws IOException {
    LateEvent log =
        (text, sink, lane, timeNanos) ->
            sink.begin(EventKinds.UEVENT, lane, timeNanos).text((String) text).end();
    byte[] direct = Samples.trace(List.of(sink -> uevents(sink, log)));
    byte[] handedOff =
        Samples.trace(
            List.of(
                sink -> {
                  try (var handoff = new HandoffSink(sink)) {
                    uevents(handoff, log);
                  }
                }));
    assertArrayEquals(direct, handedOff);
  }

  private static void uevents(EventSink sink, LateEvent log) {
    int lane = sink.lane(Samples.LANE);
    for (int i = 0; i < 20_000; i++) {
      sink.registerWrite(lane, 2 * i, 0x2030, 4, i);
      sink.defer(log, "RESET=" + i % 7, lane, 2 * i + 1);
    }
  }

  @Test
  void whatGoesWrongOnTheOtherThreadIsThrownOnce() {
    var failure = new IllegalStateException("the chunk differs");
    ChunkSink refusing =
        new ChunkSink() {
          @Override
          public void blob(ContentHash hash, byte[] source, int offset, int length) {}

          @Override
          public void chunk(ChunkRange range, BitSet kinds, byte[] payload) {
            throw failure;
          }
        };
    var handoff = new HandoffSink(new ChunkEncoder(Samples.header().schema(), refusing));
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class, () -> Samples.randomEvents(handoff, 1, 1_000_000)));
    handoff.close();
    Samples.randomEvents(handoff, 2, 100_000);
  }
}
