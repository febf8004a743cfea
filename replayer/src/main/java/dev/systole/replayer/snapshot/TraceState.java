package dev.systole.replayer.snapshot;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.ErrorCaptured;
import java.io.IOException;
import java.util.Optional;

/**
 * The state of the GPU that a trace is about: what the recorded driver captured when something
 * hung; where nothing did, what each engine held when the last of its requests had completed.
 */
public final class TraceState {
  private TraceState() {}

  /** The first error that the driver captured; like the kernel, it is the one to keep. */
  public static Optional<ErrorCaptured> capture(TraceReader trace) throws IOException {
    EventCursor cursor = trace.events(EventKinds.ERROR_CAPTURED::equals);
    return cursor.next() ? Optional.of((ErrorCaptured) cursor.event()) : Optional.empty();
  }

  /**
   * The state.
   *
   * @param name by which messages call the trace
   * @throws dev.systole.replayer.ReplayException when there is none: no request completed
   */
  public static ErrorState of(TraceReader trace, String name) throws IOException {
    Optional<ErrorCaptured> capture = capture(trace);
    if (capture.isEmpty()) return ReplayedState.of(trace);
    String place = name + ", event " + capture.get().number();
    return ErrorStateReader.read(Bytes.of(capture.get().dump().toBytes()), place);
  }
}
