package dev.systole.gpu.sim;

/** Saved state that cannot be restored; the message says where and why. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StateException(String message) {
    super(message);
  }
}
