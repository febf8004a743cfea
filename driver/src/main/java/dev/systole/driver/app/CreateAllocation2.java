package dev.systole.driver.app;

import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTCreateAllocation2}.
 *
 * @param allocations private data for the kernel-mode driver, one per allocation, at most 1024
 */
public record CreateAllocation2(
    KmtHandle.Device device, Blob privateDriverData, List<Blob> allocations)
    implements AppCall<CreateAllocation2.Return> {
  public CreateAllocation2 {
    allocations = List.copyOf(allocations);
  }

  public record Return(NtStatus status, List<KmtHandle.Allocation> allocations)
      implements AppReturn {
    public Return {
      allocations = List.copyOf(allocations);
    }
  }
}
