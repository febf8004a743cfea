package dev.systole.driver.ddi.caps;

/** The input of PAGETABLELEVELDESC: level 0 is the leaf. */
public record PageTableLevel(int level, int physicalAdapterIndex) {}
