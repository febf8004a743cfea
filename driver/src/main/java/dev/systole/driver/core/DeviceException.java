package dev.systole.driver.core;

/** The device does not answer as the driver needs it to. */
public final class DeviceException extends RuntimeException {
  public DeviceException(String message) {
    super(message);
  }
}
