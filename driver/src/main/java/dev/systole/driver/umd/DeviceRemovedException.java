package dev.systole.driver.umd;

import dev.systole.driver.door.NtStatus;

/** The device is in error: nothing that is submitted to it runs any more. */
public final class DeviceRemovedException extends GpuException {
  DeviceRemovedException(String what) {
    super(what, NtStatus.DEVICE_REMOVED);
  }
}
