package dev.systole.gpu.iommu;

import static dev.systole.spec.gen12.DmaRemapping.DMAR_PAGE_ENTRY_READ;
import static dev.systole.spec.gen12.DmaRemapping.DMAR_PAGE_ENTRY_WRITE;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;

/** The translations that the remapping unit has cached, by domain and page of 4 KiB. */
final class Iotlb {
  /** Nothing is known of the page. */
  static final long UNKNOWN = -1;

  private static final int ENTRIES = 256;
  private static final int PAGE_SHIFT = 12;
  private static final int DOMAIN_SHIFT = 40;
  private static final long PAGE_MASK = (1L << DOMAIN_SHIFT) - 1;
  private static final long VALID = 1L << 62;

  private final long[] tags = new long[ENTRIES];

  /** Address of the page in memory, and in its lowest bits what is permitted. */
  private final long[] targets = new long[ENTRIES];

  private static long tag(int domain, long address) {
    return VALID | (long) domain << DOMAIN_SHIFT | address >>> PAGE_SHIFT & PAGE_MASK;
  }

  private static int slot(long tag) {
    return (int) (tag ^ tag >>> 8) & ENTRIES - 1;
  }

  /** Where the page is, with {@link #permits its permissions}, or {@link #UNKNOWN}. */
  long find(int domain, long address) {
    long tag = tag(domain, address);
    int slot = slot(tag);
    return tags[slot] == tag ? targets[slot] : UNKNOWN;
  }

  /** Whether a target that was found may be accessed that way. */
  static boolean permits(long target, boolean write) {
    return (target & (write ? DMAR_PAGE_ENTRY_WRITE : DMAR_PAGE_ENTRY_READ)) != 0;
  }

  void keep(int domain, long address, long target) {
    long tag = tag(domain, address);
    tags[slot(tag)] = tag;
    targets[slot(tag)] = target;
  }

  void invalidate() {
    Arrays.fill(tags, 0);
  }

  void invalidate(int domain) {
    invalidate(domain, 0, Long.SIZE);
  }

  /** Forgets {@code 1 << pagesShift} pages of a domain, among them that of {@code address}. */
  void invalidate(int domain, long address, int pagesShift) {
    long wanted = tag(domain, address);
    long ignored = pagesShift >= DOMAIN_SHIFT ? PAGE_MASK : (1L << pagesShift) - 1;
    for (int i = 0; i < ENTRIES; i++) if (((tags[i] ^ wanted) & ~ignored) == 0) tags[i] = 0;
  }

  void save(StateSink sink) {
    sink.putInt((int) Arrays.stream(tags).filter(tag -> tag != 0).count());
    for (int i = 0; i < ENTRIES; i++) {
      if (tags[i] == 0) continue;
      sink.putLong(tags[i]);
      sink.putLong(targets[i]);
    }
  }

  void restore(StateSource source) {
    invalidate();
    for (int left = source.takeInt(ENTRIES, "number of IOTLB entries"); left > 0; left--) {
      long tag = source.takeLong() | VALID;
      tags[slot(tag)] = tag;
      targets[slot(tag)] = source.takeLong() & SecondLevelTable.TARGET_MASK;
    }
  }
}
