package dev.systole.driver.umd;

import dev.systole.driver.app.AppCall;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.AppReturn;
import dev.systole.driver.door.NtStatus;

/** Calls thunks and throws where they fail. */
record Thunks(AppDoor door) {
  <R extends AppReturn> R call(AppCall<R> call) {
    R result = door.call(call);
    if (result.status().succeeded()) return result;
    String name = call.getClass().getSimpleName();
    if (result.status().equals(NtStatus.DEVICE_REMOVED)) throw new DeviceRemovedException(name);
    throw new GpuException(name, result.status());
  }
}
