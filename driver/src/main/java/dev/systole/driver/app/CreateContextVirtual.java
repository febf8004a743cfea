package dev.systole.driver.app;

import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTCreateContextVirtual}: a context for commands with GPU virtual addresses. */
public record CreateContextVirtual(
    KmtHandle.Device device, int nodeOrdinal, int engineAffinity, Blob privateDriverData)
    implements AppCall<CreateContextVirtual.Return> {
  public record Return(NtStatus status, KmtHandle.Context context) implements AppReturn {}
}
