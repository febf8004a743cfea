package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiRemoveDevice}: frees what {@link AddDevice} made. PASSIVE_LEVEL, level 3. */
@Slot(4)
public record RemoveDevice(KernelHandle.KmdAdapter adapter)
    implements DdiCall<RemoveDevice.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
