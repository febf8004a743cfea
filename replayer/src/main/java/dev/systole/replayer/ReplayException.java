package dev.systole.replayer;

/** A trace cannot be replayed; the message is one line: what, where, why, what to do. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With that message. */
  public ReplayException(String message) {
    super(message);
  }
}
