package dev.systole.driver.ddi.caps;

import dev.systole.driver.ddi.PagingOperation.PageTableUpdateMode;
import dev.systole.driver.door.Bit;

/** {@code DXGK_GPUMMUCAPS}. */
public record GpuMmuCaps(
    Flags flags,
    PageTableUpdateMode pageTableUpdateMode,
    int virtualAddressBitCount,
    int pageTableLevelCount) {
  public record Flags(
      @Bit(0) boolean readOnlyMemorySupported,
      @Bit(2) boolean zeroInPteSupported,
      @Bit(3) boolean explicitPageTableInvalidation,
      @Bit(4) boolean cacheCoherentMemorySupported,
      @Bit(5) boolean pageTableUpdateRequireAddressSpaceIdle,
      @Bit(6) boolean largePageSupported,
      @Bit(10) boolean invalidTlbEntriesNotCached) {}
}
