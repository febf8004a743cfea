package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code D3DKMTMapGpuVirtualAddress}: gives an allocation, or a part of it, an address.
 *
 * @param baseAddress the address to take, or 0: the lowest free one that is not below {@code
 *     minimumAddress}
 * @param maximumAddress end of the range to choose from; 0: the end of the address space
 */
public record MapGpuVirtualAddress(
    KmtHandle.PagingQueue pagingQueue,
    long baseAddress,
    long minimumAddress,
    long maximumAddress,
    KmtHandle.Allocation allocation,
    long offsetPages,
    long sizePages)
    implements AppCall<MapGpuVirtualAddress.Return> {
  /** With PENDING the address is valid once the paging fence has the value. */
  public record Return(NtStatus status, long virtualAddress, long pagingFenceValue)
      implements AppReturn {}
}
