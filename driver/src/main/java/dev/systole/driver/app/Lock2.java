package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code D3DKMTLock2}: maps an allocation into the process. The mapping stays valid while the
 * allocation moves.
 */
public record Lock2(KmtHandle.Device device, KmtHandle.Allocation allocation)
    implements AppCall<Lock2.Return> {
  public record Return(NtStatus status, KmtHandle.Mapping data) implements AppReturn {}
}
