package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiStartDevice}: finds and wakes the hardware. PASSIVE_LEVEL, level 3.
 *
 * @param adapterLuid DXGK_START_INFO.AdapterLuid, low part first
 * @param interfaceVersion DXGKRNL_INTERFACE.Version
 * @param deviceHandle DXGKRNL_INTERFACE.DeviceHandle: names the adapter in callbacks
 */
@Slot(2)
public record StartDevice(
    KernelHandle.KmdAdapter adapter,
    int requiredDmaQueueEntry,
    long adapterLuid,
    int interfaceVersion,
    KernelHandle.DxgkAdapter deviceHandle)
    implements DdiCall<StartDevice.Return> {
  /** Both counts are 0 for a render-only driver. */
  public record Return(NtStatus status, int numberOfVideoPresentSources, int numberOfChildren)
      implements DdiReturn {}
}
