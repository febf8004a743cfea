package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiDestroyDevice}. PASSIVE_LEVEL, level 0. The device has no contexts any more. */
@Slot(50)
public record DestroyDevice(KernelHandle.KmdDevice device)
    implements DdiCall<DestroyDevice.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
