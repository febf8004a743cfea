package dev.systole.trace.coding;

import java.io.IOException;

/** Bytes whose checksum holds do not say what they should. */
public final class BadContentException extends IOException {
  public BadContentException(String message) {
    super(message);
  }
}
