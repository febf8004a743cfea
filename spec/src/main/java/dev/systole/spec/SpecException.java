package dev.systole.spec;

/** A data file that cannot be read; the message is one line: where, what, and why. */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SpecException(String message) {
    super(message);
  }
}
