package dev.systole.trace;

/** The file is no trace, or is damaged where nothing can take the damaged part's place. */
public final class CorruptTraceException extends TraceException {

  CorruptTraceException(String file, long offsetBytes, String what) {
    super(file + ": at byte " + offsetBytes + ": " + what);
  }
}
