package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiStopDevice}: interrupts off, hardware quiet. PASSIVE_LEVEL, level 3. */
@Slot(3)
public record StopDevice(KernelHandle.KmdAdapter adapter) implements DdiCall<StopDevice.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
