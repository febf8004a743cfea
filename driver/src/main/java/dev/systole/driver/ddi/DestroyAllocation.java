package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/** {@code DxgkDdiDestroyAllocation}. PASSIVE_LEVEL, level 0. */
@Slot(20)
public record DestroyAllocation(
    KernelHandle.KmdAdapter adapter, List<KernelHandle.KmdAllocation> allocations)
    implements DdiCall<DestroyAllocation.Return> {
  public DestroyAllocation {
    allocations = List.copyOf(allocations);
  }

  public record Return(NtStatus status) implements DdiReturn {}
}
