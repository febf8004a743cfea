package dev.systole.trace;

/** The file's format is older than any that is read. */
public final class TraceTooOldException extends TraceException {

  TraceTooOldException(String file, int major, int minor) {
    super(
        "%s: trace format %d.%d is too old: this version reads %d.x; record it again"
            .formatted(file, major, minor, Format.MAJOR));
  }
}
