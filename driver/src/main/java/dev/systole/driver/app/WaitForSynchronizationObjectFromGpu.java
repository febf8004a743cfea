package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTWaitForSynchronizationObjectFromGpu}: what the context is given from now on waits
 * until all fences have reached their values.
 */
public record WaitForSynchronizationObjectFromGpu(
    KmtHandle.Context context, List<KmtHandle.SyncObject> objects, List<Long> fenceValues)
    implements AppCall<WaitForSynchronizationObjectFromGpu.Return> {
  public WaitForSynchronizationObjectFromGpu {
    objects = List.copyOf(objects);
    fenceValues = List.copyOf(fenceValues);
  }

  public record Return(NtStatus status) implements AppReturn {}
}
