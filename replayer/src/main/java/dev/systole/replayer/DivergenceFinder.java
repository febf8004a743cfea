package dev.systole.replayer;

import dev.systole.recorder.Model;
import dev.systole.replayer.ChunkComparison.Mismatch;
import dev.systole.replayer.Divergence.Cause;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.Blob;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.event.StateHash;
import dev.systole.trace.schema.CallRole;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds the first event that differs, in a chunk that does. */
final class DivergenceFinder {
  private static final int EVENTS_BEFORE = 20;
  private static final String END = "the end of the trace";

  private final TraceReader trace;
  private final EventText text = new EventText();

  DivergenceFinder(TraceReader trace) {
    this.trace = trace;
  }

  Divergence find(Mismatch mismatch, Blob.Source blobs) throws IOException {
    EventCursor expected = trace.events();
    expected.seek(mismatch.range().firstEvent());
    EventCursor found =
        EventCursor.over(trace.header().schema(), mismatch.range(), mismatch.payload(), blobs);
    while (true) {
      boolean expectsMore = expected.next();
      boolean foundMore = found.next();
      if (!expectsMore && !foundMore) {
        throw new IllegalStateException("two chunks with equal events differ");
      }
      if (expectsMore && foundMore && same(expected, found)) continue;
      return divergence(expectsMore ? expected : null, foundMore ? found : null);
    }
  }

  /**
   * The first difference of {@code made}, a run with further faults, before it met one of them.
   *
   * <p>The event just before the fault may be shorter than it was: what would have been merged or
   * folded into it came after.
   */
  Optional<Divergence> untilFault(TraceReader made) throws IOException {
    int chunk = firstDifferentChunk(made);
    if (chunk == made.chunks().size() && chunk == trace.chunks().size()) return Optional.empty();
    long start = chunk == 0 ? 0 : made.chunks().get(chunk - 1).endEvent();
    EventCursor expected = trace.events();
    expected.seek(start);
    EventCursor found = made.events();
    found.seek(start);
    while (true) {
      boolean expectsMore = expected.next();
      boolean foundMore = found.next();
      if (!foundMore && !expectsMore) return Optional.empty();
      if (expectsMore && foundMore && sameButForFaults(expected, found)) continue;
      if (foundMore && isFault(found)) return Optional.empty();
      Divergence divergence = divergence(expectsMore ? expected : null, foundMore ? found : null);
      boolean cutShort = foundMore && found.next() && isFault(found);
      return cutShort ? Optional.empty() : Optional.of(divergence);
    }
  }

  /** The hash of the engines' state covers the faults that wait, which the trace does not have. */
  private boolean sameButForFaults(EventCursor expected, EventCursor found) {
    if (expected.event() instanceof StateHash a && found.event() instanceof StateHash b) {
      return a.timeNanos() == b.timeNanos()
          && a.registers() == b.registers()
          && a.memory() == b.memory();
    }
    return same(expected, found);
  }

  /** Whether it is not the trace's own: that would be equal. */
  private static boolean isFault(EventCursor event) {
    return event.kind().equals(EventKinds.FAULT_FIRED);
  }

  private int firstDifferentChunk(TraceReader made) throws IOException {
    int most = Math.min(trace.chunks().size(), made.chunks().size());
    int chunk = 0;
    while (chunk < most
        && trace.chunks().get(chunk).equals(made.chunks().get(chunk))
        && Arrays.equals(trace.payload(chunk), made.payload(chunk))) {
      chunk++;
    }
    return chunk;
  }

  /** A difference behind the last recorded event: the trace went on, the re-execution did not. */
  Divergence endedEarly(long eventCount) throws IOException {
    EventCursor expected = trace.events();
    expected.seek(eventCount);
    expected.next();
    return divergence(expected, null);
  }

  /**
   * A difference at the event that {@code expected} is at; {@code found} says what came instead.
   */
  Divergence at(EventCursor expected, String found) throws IOException {
    return new Divergence(
        expected.number(),
        expected.timeNanos(),
        expected.lane().toString(),
        callPath(expected.lane(), expected.number()),
        text.body(expected),
        found,
        List.of(),
        before(expected.number()),
        trace.header().modelVersion().equals(Model.VERSION) ? Cause.HARDWARE : Cause.OTHER_MODEL);
  }

  private boolean same(EventCursor expected, EventCursor found) {
    return expected.timeNanos() == found.timeNanos()
        && expected.kind().id() == found.kind().id()
        && expected.lane().equals(found.lane())
        && expected.call().equals(found.call())
        && expected.values().equals(found.values());
  }

  private Divergence divergence(EventCursor expected, EventCursor found) throws IOException {
    EventCursor place = expected == null ? found : expected;
    long number = place.number();
    return new Divergence(
        number,
        place.timeNanos(),
        place.lane().toString(),
        callPath(place.lane(), number),
        expected == null ? END : text.body(expected),
        found == null ? "the end of the run" : text.body(found),
        expected == null || found == null ? List.of() : text.differences(expected, found),
        before(number),
        cause(expected, found));
  }

  private Cause cause(EventCursor expected, EventCursor found) {
    if (!trace.header().modelVersion().equals(Model.VERSION)) return Cause.OTHER_MODEL;
    if (expected == null || found == null) return Cause.STACK;
    return switch (expected.kind().author()) {
      case GPU -> Cause.HARDWARE;
      case KMD, OS ->
          expected.kind().equals(found.kind()) && expected.kind().name().endsWith("-read")
              ? Cause.HARDWARE
              : Cause.STACK;
      case APP, WORLD -> Cause.INPUT;
    };
  }

  private List<String> before(long number) throws IOException {
    EventCursor events = trace.events();
    events.seek(Math.max(0, number - EVENTS_BEFORE));
    var lines = new ArrayList<String>();
    while (events.next() && events.number() < number) lines.add(text.line(events));
    return lines;
  }

  private List<String> callPath(Lane lane, long number) throws IOException {
    EventCursor calls = trace.events(kind -> kind.role() != CallRole.NONE);
    Deque<String> open = new ArrayDeque<>();
    while (calls.next() && calls.number() < number) {
      if (!calls.lane().equals(lane)) continue;
      if (calls.kind().role() == CallRole.ENTER) open.addLast(calls.call().orElseThrow().name());
      else open.pollLast();
    }
    return List.copyOf(open);
  }
}
