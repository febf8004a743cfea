package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkCbGetDeviceInformation}. PASSIVE_LEVEL, first possible in {@link StartDevice}. */
public record GetDeviceInformation(KernelHandle.DxgkAdapter deviceHandle)
    implements DxgkCallback<GetDeviceInformation.Return> {
  /** DXGK_DEVICE_INFO. */
  public record Return(
      NtStatus status,
      KernelHandle.PhysicalDeviceObject physicalDeviceObject,
      String deviceRegistryPath)
      implements CallbackReturn {}
}
