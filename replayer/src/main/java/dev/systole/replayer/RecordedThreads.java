package dev.systole.replayer;

import dev.systole.driver.app.AppCall;
import dev.systole.recorder.call.CallCatalog;
import dev.systole.recorder.call.CallCodec;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.CallEvent;
import dev.systole.trace.event.CallEvent.CallEntered;
import dev.systole.trace.event.CallEvent.CallLeft;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;
import dev.systole.trace.event.MappingEvent.MappingRead;
import dev.systole.trace.event.MappingEvent.MappingReadBlock;
import dev.systole.trace.event.MappingEvent.MappingWrite;
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
    CallEntered entered;
  }

  private final Map<Lane, Thread> threads = new LinkedHashMap<>();

  private RecordedThreads() {}

  /** The steps of every thread, threads in the order in which they began. */
  static Map<Lane, List<Step>> read(TraceReader trace) throws IOException {
    var threads = new RecordedThreads();
    EventCursor events = trace.events(KINDS::contains);
    while (events.next()) threads.take(events.event());
    return threads.finish();
  }

  private Map<Lane, List<Step>> finish() {
    var result = new LinkedHashMap<Lane, List<Step>>();
    threads.forEach(
        (lane, thread) -> {
          if (thread.entered != null) {
            thread.steps.add(thunk(thread.entered, thread.entered.timeNanos(), null));
          }
          result.put(lane, thread.steps);
        });
    return result;
  }

  private void take(Event event) {
    Thread thread = threads.computeIfAbsent(event.lane(), lane -> new Thread());
    switch (event) {
      case CallEntered e -> thread.entered = e;
      case CallLeft e -> {
        thread.steps.add(thunk(thread.entered, e.timeNanos(), e));
        thread.entered = null;
      }
      case MappingWrite e ->
          thread.steps.add(new Step.Write(e.timeNanos(), e.mapping(), e.offset(), e.bytes()));
      case MappingRead e ->
          thread.steps.add(
              new Step.Read(
                  e.timeNanos(),
                  e.mapping(),
                  e.offset(),
                  (int) e.widthBytes(),
                  e.count(),
                  e.stepNanos()));
      case MappingReadBlock e ->
          thread.steps.add(
              new Step.ReadBlock(
                  e.timeNanos(), e.mapping(), e.offset(), (int) e.bytes().lengthBytes()));
      default -> throw new IllegalStateException("not asked for " + event);
    }
  }

  private static Step.Thunk thunk(CallEntered entered, long endNanos, CallLeft left) {
    CallCodec codec = codec(entered);
    var call = (AppCall<?>) codec.read(entered);
    return new Step.Thunk(
        entered.timeNanos(), endNanos, call, left == null ? null : codec.read(left));
  }

  private static CallCodec codec(CallEvent event) {
    return CallCatalog.get()
        .of(event.call())
        .orElseThrow(
            () ->
                new ReplayException(
                    "event %d: the call %s is not one that this version replays"
                        .formatted(event.number(), event.call().name())));
  }
}
