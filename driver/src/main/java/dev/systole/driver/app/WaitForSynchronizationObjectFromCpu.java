package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTWaitForSynchronizationObjectFromCpu}: blocks until all fences have reached their
 * values. DEVICE_REMOVED when the device is or falls in error.
 */
public record WaitForSynchronizationObjectFromCpu(
    KmtHandle.Device device, List<KmtHandle.SyncObject> objects, List<Long> fenceValues)
    implements AppCall<WaitForSynchronizationObjectFromCpu.Return> {
  public WaitForSynchronizationObjectFromCpu {
    objects = List.copyOf(objects);
    fenceValues = List.copyOf(fenceValues);
  }

  public record Return(NtStatus status) implements AppReturn {}
}
