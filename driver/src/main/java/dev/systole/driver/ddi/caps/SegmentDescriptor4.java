package dev.systole.driver.ddi.caps;

import dev.systole.driver.door.Bit;

/**
 * {@code DXGK_SEGMENTDESCRIPTOR4}.
 *
 * @param baseAddress where the GPU sees it
 * @param cpuTranslatedAddress where the CPU sees it
 */
public record SegmentDescriptor4(
    Flags flags,
    long baseAddress,
    long sizeBytes,
    long commitLimitBytes,
    long systemMemoryEndAddress,
    long cpuTranslatedAddress,
    int numInvalidMemoryRanges) {
  /** DXGK_SEGMENTFLAGS. */
  public record Flags(
      @Bit(0) boolean aperture,
      @Bit(1) boolean agp,
      @Bit(2) boolean cpuVisible,
      @Bit(3) boolean useBanking,
      @Bit(4) boolean cacheCoherent,
      @Bit(6) boolean populatedFromSystemMemory,
      @Bit(15) boolean applicationTarget,
      @Bit(19) boolean localBudgetGroup,
      @Bit(20) boolean nonLocalBudgetGroup) {}
}
