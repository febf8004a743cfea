package dev.systole.trace;

import dev.systole.trace.event.ContentHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a file holds and where, as the index says or as walking the chunks has found. */
final class TraceMap {

  /** A chunk of events. */
  record Place(long offsetBytes, ChunkRange range) {
    String part() {
      return "chunk of events " + range.firstEvent() + "…" + (range.endEvent() - 1);
    }
  }

  final List<Place> chunks = new ArrayList<>();

  /** Per chunk the kinds of its events, by their ids; empty where nothing says so. */
  final List<BitSet> kinds = new ArrayList<>();

  final Map<ContentHash, Long> blobs = new HashMap<>();
  final List<Damage> damage = new ArrayList<>();
  HeaderCodec.Decoded header;
  boolean finished;

  /** Whether a chunk may hold events of wanted kinds. */
  boolean mayHold(int chunk, boolean[] wanted) {
    if (kinds.isEmpty()) return true;
    return kinds.get(chunk).stream().anyMatch(kind -> wanted[kind]);
  }

  /** Adds a chunk of events if it continues the others; says so if events are missing between. */
  void addChunk(long offsetBytes, ChunkRange range) {
    long expected = chunks.isEmpty() ? 0 : chunks.getLast().range().endEvent();
    var place = new Place(offsetBytes, range);
    if (range.eventCount() <= 0 || range.firstEvent() < expected || range.endEvent() < 0) {
      damage.add(new Damage(offsetBytes, place.part(), "does not follow event " + (expected - 1)));
      return;
    }
    if (range.firstEvent() > expected)
      damage.add(
          new Damage(
              offsetBytes,
              place.part(),
              "events %d…%d before it are missing".formatted(expected, range.firstEvent() - 1)));
    chunks.add(place);
  }
}
