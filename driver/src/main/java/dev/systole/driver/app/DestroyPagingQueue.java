package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTDestroyPagingQueue}. Waits for its operations. */
public record DestroyPagingQueue(KmtHandle.PagingQueue pagingQueue)
    implements AppCall<DestroyPagingQueue.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
