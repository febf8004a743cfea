package dev.systole.bridge.aub;

import java.io.IOException;

/** A file is no AUB. The message is one line that says why. */
public final class AubException extends IOException {
  private static final long serialVersionUID = 1;

  public AubException(String message) {
    super(message);
  }

  public AubException(String message, Throwable cause) {
    super(message, cause);
  }
}
