package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiAddDevice}: a PCI function was found. PASSIVE_LEVEL, level 3. A null context
 * refuses it.
 */
@Slot(1)
public record AddDevice(KernelHandle.PhysicalDeviceObject physicalDeviceObject)
    implements DdiCall<AddDevice.Return> {
  public record Return(NtStatus status, KernelHandle.KmdAdapter miniportDeviceContext)
      implements DdiReturn {}
}
