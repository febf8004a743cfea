package dev.systole.gpu.memory;

/** Learns of translations that failed. */
public interface PageFaults {
  /**
   * A translation met an entry that is not present.
   *
   * @param address what was to be translated
   * @param ggtt whether through the GGTT
   * @param level of the entry: 0 page table (or GGTT), 1 directory, 2 directory pointers, 3 PML4
   * @return whether the engine stops for that
   */
  boolean pageFault(long address, boolean ggtt, int level);

  /**
   * The compression tables have no valid entry for an address.
   *
   * @param level of the entry, 3 being the highest
   */
  void auxFault(int level);
}
