package dev.systole.driver.ddi.caps;

/** {@code DXGK_PAGE_TABLE_LEVEL_DESC}. */
public record PageTableLevelDesc(
    int pageTableIndexBitCount,
    int pageTableSegmentId,
    int pagingProcessPageTableSegmentId,
    int pageTableBytes,
    int pageTableAlignmentBytes) {}
