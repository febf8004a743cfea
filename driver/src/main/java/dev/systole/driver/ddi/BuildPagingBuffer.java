package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiBuildPagingBuffer}: turns one paging operation into commands. PASSIVE_LEVEL, level
 * 1.
 *
 * @param dmaBuffer kernel address to write commands to; 0: the CPU does the operation before the
 *     call returns (page tables of the paging process at start-up)
 * @param dmaBytes room left there
 * @param multipassOffset 0, or what the last call returned when it lacked room
 * @param systemContext the paging context that will run the commands
 * @param dmaBufferGpuVirtualAddress address of the whole paging buffer in the paging process
 * @param dmaBufferWriteOffsetBytes where in the paging buffer {@code dmaBuffer} lies
 */
@Slot(28)
public record BuildPagingBuffer(
    KernelHandle.KmdAdapter adapter,
    long dmaBuffer,
    int dmaBytes,
    PagingOperation operation,
    int multipassOffset,
    KernelHandle.KmdContext systemContext,
    long dmaBufferGpuVirtualAddress,
    int dmaBufferWriteOffsetBytes)
    implements DdiCall<BuildPagingBuffer.Return> {
  /**
   * SUCCESS, or GRAPHICS_INSUFFICIENT_DMA_BUFFER: what fitted is to be submitted, and the call made
   * again with a new buffer and the multipass offset.
   *
   * @param dmaBuffer the pointer, advanced past what was written
   */
  public record Return(NtStatus status, long dmaBuffer, int multipassOffset) implements DdiReturn {}
}
