package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/** {@code DxgkDdiCloseAllocation}. PASSIVE_LEVEL, level 0. */
@Slot(52)
public record CloseAllocation(
    KernelHandle.KmdDevice device, List<KernelHandle.KmdOpenAllocation> opened)
    implements DdiCall<CloseAllocation.Return> {
  public CloseAllocation {
    opened = List.copyOf(opened);
  }

  public record Return(NtStatus status) implements DdiReturn {}
}
