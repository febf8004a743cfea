package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTDestroySynchronizationObject}. Whoever waits for it is released. */
public record DestroySynchronizationObject(KmtHandle.SyncObject syncObject)
    implements AppCall<DestroySynchronizationObject.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
