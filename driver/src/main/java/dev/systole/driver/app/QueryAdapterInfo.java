package dev.systole.driver.app;

import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code D3DKMTQueryAdapterInfo} of type KMTQAITYPE_UMDRIVERPRIVATE: what the kernel-mode driver
 * tells the user-mode driver.
 */
public record QueryAdapterInfo(KmtHandle.Adapter adapter, int privateDriverBytesMax)
    implements AppCall<QueryAdapterInfo.Return> {
  public record Return(NtStatus status, Blob privateDriverData) implements AppReturn {}
}
