package dev.systole.driver.ddi.caps;

/** {@code DXGK_QUERYSEGMENTIN4}. */
public record QuerySegmentIn4(int physicalAdapterIndex) {}
