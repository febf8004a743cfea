package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTMakeResident}: adds a reference to the residency of each allocation, of all or of
 * none.
 */
public record MakeResident(
    KmtHandle.PagingQueue pagingQueue, List<KmtHandle.Allocation> allocations)
    implements AppCall<MakeResident.Return> {
  public MakeResident {
    allocations = List.copyOf(allocations);
  }

  /**
   * SUCCESS: usable now. PENDING: usable once the paging fence has the value. NO_MEMORY: nothing
   * was changed, so many bytes must be evicted first.
   */
  public record Return(NtStatus status, long pagingFenceValue, long numBytesToTrim)
      implements AppReturn {}
}
