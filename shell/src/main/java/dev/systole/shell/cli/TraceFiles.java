package dev.systole.shell.cli;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.HealthEvent.ErrorCaptured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens traces by the names that users give, and finds in them what users ask for. */
public final class TraceFiles {
  private TraceFiles() {}

  /** Opens a file, or standard input for {@code -}; either may be gzipped. */
  public static TraceReader open(String name, Streams streams) throws IOException {
    return name.equals("-")
        ? TraceReader.read("standard input", streams.in())
        : TraceReader.open(Path.of(name));
  }

  /** The first error that the recorded driver captured; like the kernel, it is the one to keep. */
  public static Optional<ErrorCaptured> firstCapture(TraceReader trace) throws IOException {
    EventCursor cursor = trace.events(EventKinds.ERROR_CAPTURED::equals);
    return cursor.next() ? Optional.of((ErrorCaptured) cursor.event()) : Optional.empty();
  }

  /** What the driver wrote down in that capture. */
  public static ErrorState read(ErrorCaptured capture, String traceName) throws IOException {
    String place = traceName + ", event " + capture.number();
    return ErrorStateReader.read(Bytes.of(capture.dump().toBytes()), place);
  }
}
