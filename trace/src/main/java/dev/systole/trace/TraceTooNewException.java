package dev.systole.trace;

/** The file's format is newer than any that is read. */
public final class TraceTooNewException extends TraceException {

  TraceTooNewException(String file, int major, int minor) {
    super(
        "%s: trace format %d.%d is too new: this version reads %d.x; use a newer Systole"
            .formatted(file, major, minor, Format.MAJOR));
  }
}
