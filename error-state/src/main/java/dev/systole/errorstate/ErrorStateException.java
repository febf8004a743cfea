package dev.systole.errorstate;

import java.io.IOException;

/** A file cannot be read as an error state at all. The message is one line that says why. */
public final class ErrorStateException extends IOException {
  public ErrorStateException(String message) {
    super(message);
  }

  public ErrorStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
