package dev.systole.driver.ddi.caps;

/** The input of GPUMMUCAPS and PHYSICALADAPTERCAPS. */
public record PhysicalAdapterIndex(int index) {}
