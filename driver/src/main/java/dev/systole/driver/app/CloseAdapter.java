package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTCloseAdapter}. Devices that are left on it are destroyed. */
public record CloseAdapter(KmtHandle.Adapter adapter) implements AppCall<CloseAdapter.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
