package dev.systole.trace;

import java.io.IOException;

/** A trace file cannot be read. The message is one line: what, in which file, where, and why. */
public abstract sealed class TraceException extends IOException
    permits CorruptTraceException, TraceTooOldException, TraceTooNewException {

  TraceException(String message) {
    super(message);
  }
}
