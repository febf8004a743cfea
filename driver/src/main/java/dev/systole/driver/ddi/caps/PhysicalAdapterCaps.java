package dev.systole.driver.ddi.caps;

import dev.systole.driver.door.Bit;

/** {@code DXGK_PHYSICALADAPTERCAPS}. */
public record PhysicalAdapterCaps(short numExecutionNodes, short pagingNodeIndex, Flags flags) {
  public record Flags(@Bit(0) boolean ioMmuSupported, @Bit(1) boolean gpuMmuSupported) {}
}
