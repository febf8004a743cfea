package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTFreeGpuVirtualAddress}. */
public record FreeGpuVirtualAddress(KmtHandle.Adapter adapter, long baseAddress, long sizeBytes)
    implements AppCall<FreeGpuVirtualAddress.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
