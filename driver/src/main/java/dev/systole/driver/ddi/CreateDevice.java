package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiCreateDevice}. PASSIVE_LEVEL, level 0.
 *
 * @param device the OS's name of the device; the answer holds the driver's
 */
@Slot(18)
public record CreateDevice(
    KernelHandle.KmdAdapter adapter,
    KernelHandle.DxgkDevice device,
    CreateDevice.Flags flags,
    int pasid,
    KernelHandle.KmdProcess process)
    implements DdiCall<CreateDevice.Return> {
  /** DXGK_CREATEDEVICEFLAGS. */
  public record Flags(@Bit(0) boolean systemDevice, @Bit(1) boolean gdiDevice) {}

  public record Return(NtStatus status, KernelHandle.KmdDevice device) implements DdiReturn {}
}
