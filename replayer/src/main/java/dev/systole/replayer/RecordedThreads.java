package dev.systole.replayer;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.door.Return;
import dev.systole.recorder.call.CallReader;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.event.MappingEvent.MappingRead;
import dev.systole.trace.event.MappingEvent.MappingReadBlock;
import dev.systole.trace.event.MappingEvent.MappingWrite;
import dev.systole.trace.schema.CallRole;
import dev.systole.trace.schema.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes from a trace what each thread of an application did. */
final class RecordedThreads {
  private static final Set<EventKind> KINDS =
      Set.of(
          EventKinds.CALL_ENTER,
          EventKinds.CALL_LEAVE,
          EventKinds.MAPPING_WRITE,
          EventKinds.MAPPING_READ,
          EventKinds.MAPPING_READ_BLOCK);

  /** A thread under way: its steps so far, and the call that it is in. */
  private static final class Thread {
    final List<Step> steps = new ArrayList<>();
    AppCall<?> entered;
    long enteredNanos;

    void leave(long timeNanos, Return result) {
      steps.add(new Step.Thunk(enteredNanos, timeNanos, entered, result));
      entered = null;
    }
  }

  private final CallReader calls = new CallReader();
  private final Map<Lane, Thread> threads = new LinkedHashMap<>();

  private RecordedThreads() {}

  /** The steps of every thread, threads in the order in which they began. */
  static Map<Lane, List<Step>> read(TraceReader trace) throws IOException {
    var threads = new RecordedThreads();
    EventCursor events = trace.events(KINDS::contains);
    while (events.next()) threads.take(events);
    return threads.finish();
  }

  private Map<Lane, List<Step>> finish() {
    var result = new LinkedHashMap<Lane, List<Step>>();
    threads.forEach(
        (lane, thread) -> {
          if (thread.entered != null) thread.leave(thread.enteredNanos, null);
          result.put(lane, thread.steps);
        });
    return result;
  }

  private void take(EventCursor event) {
    Thread thread = threads.computeIfAbsent(event.lane(), lane -> new Thread());
    if (event.kind().role() == CallRole.ENTER) {
      thread.entered = (AppCall<?>) calls.entered(event).orElseThrow(() -> unknown(event));
      thread.enteredNanos = event.timeNanos();
    } else if (event.kind().role() == CallRole.LEAVE) {
      thread.leave(event.timeNanos(), calls.left(event).orElseThrow(() -> unknown(event)));
    } else {
      thread.steps.add(access(event.event()));
    }
  }

  private static Step access(Event event) {
    return switch (event) {
      case MappingWrite e -> new Step.Write(e.timeNanos(), e.mapping(), e.offset(), e.bytes());
      case MappingRead e ->
          new Step.Read(
              e.timeNanos(),
              e.mapping(),
              e.offset(),
              (int) e.widthBytes(),
              e.count(),
              e.stepNanos());
      case MappingReadBlock e ->
          new Step.ReadBlock(e.timeNanos(), e.mapping(), e.offset(), (int) e.bytes().lengthBytes());
      default -> throw new IllegalStateException("not asked for " + event);
    };
  }

  private static ReplayException unknown(EventCursor event) {
    return new ReplayException(
        "event %d: the call %s is not one that this version replays"
            .formatted(event.number(), event.call().orElseThrow().name()));
  }
}
