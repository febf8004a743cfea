package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTCreateDevice}. */
public record CreateDevice(KmtHandle.Adapter adapter) implements AppCall<CreateDevice.Return> {
  public record Return(NtStatus status, KmtHandle.Device device) implements AppReturn {}
}
