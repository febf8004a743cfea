package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/** {@code D3DKMTSignalSynchronizationObjectFromCpu}: sets fences now. */
public record SignalSynchronizationObjectFromCpu(
    KmtHandle.Device device, List<KmtHandle.SyncObject> objects, List<Long> fenceValues)
    implements AppCall<SignalSynchronizationObjectFromCpu.Return> {
  public SignalSynchronizationObjectFromCpu {
    objects = List.copyOf(objects);
    fenceValues = List.copyOf(fenceValues);
  }

  public record Return(NtStatus status) implements AppReturn {}
}
