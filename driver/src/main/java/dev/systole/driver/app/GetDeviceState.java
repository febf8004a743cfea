package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTGetDeviceState} of type D3DKMT_DEVICESTATE_EXECUTION. */
public record GetDeviceState(KmtHandle.Device device) implements AppCall<GetDeviceState.Return> {
  public record Return(NtStatus status, DeviceState state) implements AppReturn {}
}
