package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTDestroyDevice}. What is left of it is destroyed first. */
public record DestroyDevice(KmtHandle.Device device) implements AppCall<DestroyDevice.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
