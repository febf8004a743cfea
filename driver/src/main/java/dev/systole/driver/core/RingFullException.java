package dev.systole.driver.core;

/** A context's ring has no room for another request until earlier ones complete. */
public final class RingFullException extends RuntimeException {
  public RingFullException(String message) {
    super(message);
  }
}
