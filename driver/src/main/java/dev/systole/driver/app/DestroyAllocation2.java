package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTDestroyAllocation2}. Waits for commands of the device that were submitted before.
 */
public record DestroyAllocation2(KmtHandle.Device device, List<KmtHandle.Allocation> allocations)
    implements AppCall<DestroyAllocation2.Return> {
  public DestroyAllocation2 {
    allocations = List.copyOf(allocations);
  }

  public record Return(NtStatus status) implements AppReturn {}
}
