package dev.systole.trace;

import dev.systole.trace.coding.BadContentException;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.FieldReader;
import dev.systole.trace.event.Lane;
import dev.systole.trace.event.UnknownEvent;
import dev.systole.trace.event.Value;
import dev.systole.trace.schema.CallType;
import dev.systole.trace.schema.EventKind;
import dev.systole.trace.schema.Field;
import dev.systole.trace.schema.Schema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Goes through the events of a trace, or those of some kinds. What it says about an event is true
 * until it goes on. Chunks that cannot be read are passed over; the reader remembers the damage.
 *
 * <pre>{@code
 * EventCursor cursor = reader.events();
 * while (cursor.next()) System.out.println(cursor.number() + " " + cursor.kind().name());
 * }</pre>
 */
public final class EventCursor {
  private final ChunkSource source;
  private final boolean[] wanted;
  private int nextChunk;
  private ChunkReader chunk;
  private long fromEvent;
  private long fromTimeNanos = Long.MIN_VALUE;

  EventCursor(ChunkSource source, boolean[] wanted) {
    this.source = source;
    this.wanted = wanted;
  }

  /**
   * Goes through the events of a chunk that stands in no file, as a {@link ChunkEncoder} made it.
   *
   * @param blobs where its long bytes are
   */
  public static EventCursor over(
      Schema schema, ChunkRange range, byte[] payload, Blob.Source blobs) {
    var wanted = new boolean[256];
    Arrays.fill(wanted, true);
    return new EventCursor(new EncodedChunk(new Layouts(schema), range, payload, blobs), wanted);
  }

  /** Makes {@link #next} find the first wanted event that has this number or a greater one. */
  public void seek(long number) {
    start(number, Long.MIN_VALUE);
    List<ChunkRange> chunks = source.chunks();
    int low = 0;
    int high = chunks.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (chunks.get(middle).endEvent() <= number) low = middle + 1;
      else high = middle;
    }
    nextChunk = low;
  }

  /** Makes {@link #next} find the first wanted event at this time or later. */
  public void seekTime(long timeNanos) {
    start(0, timeNanos);
    List<ChunkRange> chunks = source.chunks();
    nextChunk = 0;
    while (nextChunk < chunks.size() && chunks.get(nextChunk).lastTimeNanos() < timeNanos)
      nextChunk++;
  }

  private void start(long number, long timeNanos) {
    chunk = null;
    fromEvent = number;
    fromTimeNanos = timeNanos;
  }

  /**
   * Goes to the next wanted event.
   *
   * @return false behind the last
   * @throws IOException when the file cannot be read at all any more; damage does not throw
   */
  public boolean next() throws IOException {
    while (true) {
      if (chunk == null && !openChunk()) return false;
      try {
        while (chunk.next())
          if (chunk.number() >= fromEvent && chunk.timeNanos() >= fromTimeNanos) return true;
      } catch (BadContentException e) {
        source.damaged(nextChunk - 1, e.getMessage());
      }
      chunk = null;
    }
  }

  private boolean openChunk() throws IOException {
    while (nextChunk < source.chunks().size()) {
      int place = nextChunk++;
      if (source.mayHold(place, wanted)) chunk = source.chunkOrNull(place, wanted);
      if (chunk != null) return true;
    }
    return false;
  }

  public long number() {
    return chunk.number();
  }

  public long timeNanos() {
    return chunk.timeNanos();
  }

  public Lane lane() {
    return chunk.lane();
  }

  public EventKind kind() {
    return chunk.kind();
  }

  /** The call that is entered or left. */
  public Optional<CallType> call() {
    return Optional.ofNullable(chunk.call());
  }

  /** The fields that the event has in this file: its kind's, or its call's. */
  public List<Field> fieldsOfFile() {
    CallType call = chunk.call();
    if (call == null) return kind().fields();
    return switch (kind().role()) {
      case ENTER -> call.in();
      case LEAVE -> call.out();
      case NONE -> throw new AssertionError("an event of no call has a call");
    };
  }

  /** Hands out the event's fields, from the first on, as they are in this file. */
  public FieldReader fields() {
    return chunk.fields().restart();
  }

  /** The event's fields as they are in this file. */
  public List<Value> values() {
    return chunk.fields().values(chunk.layout().nodes());
  }

  /** The event as a record; of a kind that only the file knows, as an {@link UnknownEvent}. */
  public Event event() {
    return chunk.makers().make(this);
  }
}
