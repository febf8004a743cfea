package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/** {@code DxgkDdiOpenAllocation}: binds allocations to a device. PASSIVE_LEVEL, level 0. */
@Slot(51)
public record OpenAllocation(
    KernelHandle.KmdDevice device, List<KernelHandle.KmdAllocation> allocations)
    implements DdiCall<OpenAllocation.Return> {
  public OpenAllocation {
    allocations = List.copyOf(allocations);
  }

  /** hDeviceSpecificAllocation of each, in their order. */
  public record Return(NtStatus status, List<KernelHandle.KmdOpenAllocation> opened)
      implements DdiReturn {
    public Return {
      opened = List.copyOf(opened);
    }
  }
}
