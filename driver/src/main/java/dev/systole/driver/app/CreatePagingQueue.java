package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTCreatePagingQueue} of normal priority. */
public record CreatePagingQueue(KmtHandle.Device device)
    implements AppCall<CreatePagingQueue.Return> {
  /** The queue, the fence that its operations signal, and where the fence's value can be read. */
  public record Return(
      NtStatus status,
      KmtHandle.PagingQueue pagingQueue,
      KmtHandle.SyncObject syncObject,
      KmtHandle.Mapping fenceValue)
      implements AppReturn {}
}
