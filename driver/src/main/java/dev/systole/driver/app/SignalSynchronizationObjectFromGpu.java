package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTSignalSynchronizationObjectFromGpu}: sets fences when the context has done what it
 * was given before.
 */
public record SignalSynchronizationObjectFromGpu(
    KmtHandle.Context context, List<KmtHandle.SyncObject> objects, List<Long> fenceValues)
    implements AppCall<SignalSynchronizationObjectFromGpu.Return> {
  public SignalSynchronizationObjectFromGpu {
    objects = List.copyOf(objects);
    fenceValues = List.copyOf(fenceValues);
  }

  public record Return(NtStatus status) implements AppReturn {}
}
