package dev.systole.gpu.memory;

import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * The tables that tell, for every 64 KiB of a compressed surface, where its control surface is
 * (Mesa: intel_aux_map.c): three levels, found by bits 47 to 36, 35 to 24 and 23 to 16 of the
 * address, in memory as the engine addresses it. Bit 0 of an entry makes it valid. Pages whose
 * entries were valid are remembered until that is invalidated.
 */
final class AuxTable {
  /** Every entry on the way is valid. */
  static final int VALID = 0;

  private static final int KNOWN_MAX = 64;
  private static final int PAGE_SHIFT = 16;
  private static final int TOP_LEVEL = 3;
  private static final int[] INDEX_SHIFTS = {0, 16, 24, 36};
  private static final int[] INDEX_MASKS = {0, 0xff, 0xfff, 0xfff};
  private static final long[] TABLE_MASKS = {
    0, 0xffff_ffff_e000L, 0xffff_ffff_8000L, 0xffff_ffff_8000L
  };

  private final AddressSpace memory;

  /** Numbers of pages, from one on. */
  private final long[] known = new long[KNOWN_MAX];

  AuxTable(AddressSpace memory) {
    this.memory = memory;
  }

  /**
   * Looks the page of {@code address} up.
   *
   * @param base of the highest table
   * @return {@link #VALID}, or the level whose entry is not valid, 3 being the highest
   */
  int lookUp(long base, long address) {
    long page = (address >>> PAGE_SHIFT) + 1;
    int slot = (int) page & KNOWN_MAX - 1;
    if (known[slot] == page) return VALID;
    long table = base;
    for (int level = TOP_LEVEL; level > 0; level--) {
      long index = address >>> INDEX_SHIFTS[level] & INDEX_MASKS[level];
      long entry = memory.load64((table & TABLE_MASKS[level]) + (index << 3), false);
      if ((entry & 1) == 0) return level;
      table = entry;
    }
    known[slot] = page;
    return VALID;
  }

  void invalidate() {
    Arrays.fill(known, 0);
  }

  long hash() {
    long hash = 0;
    for (long page : known) hash = StateHash.mix(hash + page);
    return hash;
  }

  void save(StateSink sink) {
    sink.putLongs(known);
  }

  void restore(StateSource source) {
    source.takeLongs(known);
  }
}
