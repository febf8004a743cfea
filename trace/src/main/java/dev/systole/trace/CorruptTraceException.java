package dev.systole.trace;

/** The file is no trace, or is damaged where nothing can take the damaged part's place. */
public final class CorruptTraceException extends TraceException {
  private final long offsetBytes;
  private final String what;

  CorruptTraceException(String file, long offsetBytes, String what) {
    super(file + ": at byte " + offsetBytes + ": " + what);
    this.offsetBytes = offsetBytes;
    this.what = what;
  }

  /** Where in the file. */
  public long offsetBytes() {
    return offsetBytes;
  }

  /** The same as damage of some part of the file. */
  Damage asDamageOf(String part) {
    return new Damage(offsetBytes, part, what);
  }
}
