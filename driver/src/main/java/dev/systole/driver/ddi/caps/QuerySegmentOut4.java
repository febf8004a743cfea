package dev.systole.driver.ddi.caps;

/**
 * {@code DXGK_QUERYSEGMENTOUT4}. In the second of the two phases an array of {@link
 * SegmentDescriptor4} follows it.
 *
 * @param segmentDescriptors offset of that array; 0 in the first phase
 */
public record QuerySegmentOut4(
    int nbSegment,
    long segmentDescriptors,
    int pagingBufferSegmentId,
    int pagingBufferBytes,
    int pagingBufferPrivateDataBytes,
    long segmentDescriptorStrideBytes) {}
