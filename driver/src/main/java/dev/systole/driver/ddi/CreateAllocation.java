package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code DxgkDdiCreateAllocation}: sizes and places for what the user-mode driver asks for.
 * PASSIVE_LEVEL, level 0.
 *
 * @param allocations private data of the user-mode driver, one per allocation, at most 1024
 */
@Slot(19)
public record CreateAllocation(
    KernelHandle.KmdAdapter adapter, Blob privateDriverData, List<Blob> allocations)
    implements DdiCall<CreateAllocation.Return> {
  public CreateAllocation {
    allocations = List.copyOf(allocations);
  }

  /**
   * DXGK_ALLOCATIONINFO.
   *
   * @param preferredSegment the segment to try first
   * @param supportedSegmentSet bit {@code id - 1} per segment that may hold it
   */
  public record Info(
      KernelHandle.KmdAllocation allocation,
      int alignmentBytes,
      long sizeBytes,
      int preferredSegment,
      int supportedSegmentSet,
      Flags flags) {}

  /** DXGK_ALLOCATIONINFOFLAGS_WDDM2_0. */
  public record Flags(
      @Bit(0) boolean cpuVisible,
      @Bit(2) boolean cached,
      @Bit(15) boolean accessedPhysically,
      @Bit(16) boolean explicitResidencyNotification) {}

  /** One info per allocation, in their order. */
  public record Return(NtStatus status, List<Info> infos) implements DdiReturn {
    public Return {
      infos = List.copyOf(infos);
    }
  }
}
