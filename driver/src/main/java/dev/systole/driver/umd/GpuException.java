package dev.systole.driver.umd;

import dev.systole.driver.door.NtStatus;

/** The kernel refused something. */
public class GpuException extends RuntimeException {
  private final transient NtStatus status;

  GpuException(String what, NtStatus status) {
    super(what + ": " + status);
    this.status = status;
  }

  /** What the thunk answered. */
  public NtStatus status() {
    return status;
  }
}
