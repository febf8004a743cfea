package dev.systole.gpu.memory;

import dev.systole.gpu.sim.StateHash;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/**
 * The translations that an engine has cached, of the GGTT and of its PPGTT; and, beside each, the
 * page of memory that is there, so that most accesses end here.
 */
final class Tlb {
  private static final int ENTRIES = 1024;
  private static final int PAGE_BITS = 36;

  /** A tag: a bit that tells it from none, the address space, the page, and a generation. */
  private static final long PRESENT = 1;

  private static final long GGTT = 2;
  private static final int PAGE_SHIFT = 2;
  private static final int GENERATION_SHIFT = PAGE_SHIFT + PAGE_BITS;
  private static final long CONTENT_MASK = (1L << GENERATION_SHIFT) - 1;
  private static final long GENERATION = 1L << GENERATION_SHIFT;

  private final long[] tags = new long[ENTRIES];
  private final long[] places = new long[ENTRIES];
  private final Page[] pages = new Page[ENTRIES];

  /** What tags of the present generation have in common, and the hash of their entries. */
  private long ppgttTag = PRESENT;

  private long ggttTag = PRESENT | GGTT;
  private long ppgttHash;
  private long ggttHash;

  /** Forgets translations of the PPGTT: their tags are of another generation now. */
  void invalidatePpgtt() {
    ppgttTag = nextGeneration(ppgttTag);
    ppgttHash = 0;
  }

  /** Forgets translations of the GGTT. */
  void invalidateGgtt() {
    ggttTag = nextGeneration(ggttTag);
    ggttHash = 0;
  }

  private long nextGeneration(long tag) {
    long next = tag + GENERATION;
    if (next >= 0) return next;
    for (int i = 0; i < ENTRIES; i++) if ((tags[i] & GGTT) == (tag & GGTT)) tags[i] = 0;
    return tag & CONTENT_MASK;
  }

  /** What the translation of a 48-bit address is known by. */
  long tag(long address, boolean ggtt) {
    return (ggtt ? ggttTag : ppgttTag) | address >>> Page.SHIFT << PAGE_SHIFT;
  }

  private static int slot(long tag) {
    return (int) (tag >>> 1 ^ tag >>> 11) & ENTRIES - 1;
  }

  /** The page that the tag is known to lead to, or null. */
  Page page(long tag) {
    int slot = slot(tag);
    return tags[slot] == tag ? pages[slot] : null;
  }

  /** The place that the tag is known to lead to, or a negative number. */
  long place(long tag) {
    int slot = slot(tag);
    return tags[slot] == tag ? places[slot] : DeviceMemory.NOWHERE;
  }

  /** Adds a translation, in the place of another one. */
  void keep(long tag, long place) {
    int slot = slot(tag);
    toggleHash(slot);
    tags[slot] = tag;
    places[slot] = place;
    pages[slot] = null;
    toggleHash(slot);
  }

  /** Adds the page to a translation that is there. */
  void keepPage(long tag, Page page) {
    pages[slot(tag)] = page;
  }

  void forgetPages() {
    Arrays.fill(pages, null);
  }

  private boolean isCurrent(long tag) {
    long generation = ((tag & GGTT) != 0 ? ggttTag : ppgttTag) & ~CONTENT_MASK;
    return tag != 0 && (tag & ~CONTENT_MASK) == generation;
  }

  private void toggleHash(int slot) {
    long tag = tags[slot];
    if (!isCurrent(tag)) return;
    long entry = StateHash.mix(StateHash.mix(tag & CONTENT_MASK) + places[slot]);
    if ((tag & GGTT) != 0) ggttHash ^= entry;
    else ppgttHash ^= entry;
  }

  /** A hash of what {@link #save} puts. */
  long hash() {
    return ppgttHash ^ ggttHash;
  }

  void save(StateSink target) {
    int count = 0;
    for (long tag : tags) if (isCurrent(tag)) count++;
    target.putInt(count);
    for (int i = 0; i < ENTRIES; i++) {
      if (!isCurrent(tags[i])) continue;
      target.putLong(tags[i] & CONTENT_MASK);
      target.putLong(places[i]);
    }
  }

  void restore(StateSource source) {
    Arrays.fill(tags, 0);
    Arrays.fill(pages, null);
    ppgttTag = PRESENT;
    ggttTag = PRESENT | GGTT;
    ppgttHash = 0;
    ggttHash = 0;
    for (int left = source.takeInt(ENTRIES, "number of translations"); left > 0; left--) {
      long tag = source.takeLong() & CONTENT_MASK | PRESENT;
      keep(tag, source.takeLong() & (DeviceMemory.ADDRESS_MASK | DeviceMemory.LOCAL));
    }
  }
}
