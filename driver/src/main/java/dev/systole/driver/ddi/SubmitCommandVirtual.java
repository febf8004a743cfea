package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiSubmitCommandVirtual}: queues a DMA buffer on a node. DISPATCH_LEVEL, level 1: must
 * not block.
 *
 * @param dmaBufferVirtualAddress GPU virtual address of the commands
 * @param submissionFenceId the node's next fence id; unsigned
 */
@Slot(90)
public record SubmitCommandVirtual(
    KernelHandle.KmdContext context,
    long dmaBufferVirtualAddress,
    int dmaBufferBytes,
    Blob dmaBufferPrivateData,
    int submissionFenceId,
    SubmitCommandVirtual.Flags flags,
    int engineOrdinal,
    int nodeOrdinal)
    implements DdiCall<SubmitCommandVirtual.Return> {
  /** DXGK_SUBMITCOMMANDFLAGS. */
  public record Flags(@Bit(0) boolean paging, @Bit(7) boolean resubmission) {}

  /** SUCCESS, or INVALID_PARAMETER: the context is lost and its device is in error. */
  public record Return(NtStatus status) implements DdiReturn {}
}
