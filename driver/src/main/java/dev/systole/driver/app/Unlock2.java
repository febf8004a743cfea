package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTUnlock2}. */
public record Unlock2(KmtHandle.Device device, KmtHandle.Allocation allocation)
    implements AppCall<Unlock2.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
