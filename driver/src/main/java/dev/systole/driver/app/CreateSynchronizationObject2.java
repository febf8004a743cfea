package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTCreateSynchronizationObject2} of type D3DDDI_MONITORED_FENCE. */
public record CreateSynchronizationObject2(KmtHandle.Device device, long initialFenceValue)
    implements AppCall<CreateSynchronizationObject2.Return> {
  /** The fence and the places of its 64-bit value, for the CPU (read-only) and for the GPU. */
  public record Return(
      NtStatus status,
      KmtHandle.SyncObject syncObject,
      KmtHandle.Mapping fenceValue,
      long fenceValueGpuVirtualAddress)
      implements AppReturn {}
}
