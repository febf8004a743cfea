package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiCreateContext}. PASSIVE_LEVEL, level 0. */
@Slot(58)
public record CreateContext(
    KernelHandle.KmdDevice device,
    int nodeOrdinal,
    int engineAffinity,
    CreateContext.Flags flags,
    Blob privateDriverData)
    implements DdiCall<CreateContext.Return> {
  /** DXGK_CREATECONTEXTFLAGS. */
  public record Flags(
      @Bit(0) boolean systemContext,
      @Bit(1) boolean gdiContext,
      @Bit(2) boolean virtualAddressing) {}

  /** DXGK_CONTEXTINFO. */
  public record Info(
      int dmaBufferBytes,
      int dmaBufferSegmentSet,
      int dmaBufferPrivateDataBytes,
      int allocationListSize,
      int patchLocationListSize,
      Caps caps,
      int pagingCompanionNodeId) {}

  /** DXGK_CONTEXTINFO_CAPS. */
  public record Caps(@Bit(0) boolean noPatchingRequired, @Bit(1) boolean driverManagesResidency) {}

  public record Return(NtStatus status, KernelHandle.KmdContext context, Info info)
      implements DdiReturn {}
}
