package dev.systole.driver.ddi;

/**
 * {@code D3DGPU_PHYS}: a place in a segment.
 *
 * @param segmentId 0: system memory, and the offset is a bus address
 */
public record GpuPhysicalAddress(int segmentId, long segmentOffsetBytes) {}
