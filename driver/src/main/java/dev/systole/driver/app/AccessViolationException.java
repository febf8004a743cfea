package dev.systole.driver.app;

/** A thread accessed memory that it has not mapped, or not so. */
public final class AccessViolationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the access in words. */
  public AccessViolationException(String access) {
    super("access violation: " + access);
  }
}
