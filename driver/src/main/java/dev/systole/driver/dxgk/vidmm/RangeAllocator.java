package dev.systole.driver.dxgk.vidmm;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** First fit from low addresses (wddm.md part 10, items 20 and 29). Units are the caller's. */
final class RangeAllocator {
  /** Free ranges: start to size; no two of them touch. */
  private final TreeMap<Long, Long> free = new TreeMap<>();

  RangeAllocator(long start, long size) {
    free.put(start, size);
  }

  /** The lowest aligned free range at or above {@code minimum} that ends at or below the limit. */
  OptionalLong allocate(long size, long alignment, long minimum, long limit) {
    for (Map.Entry<Long, Long> range : free.entrySet()) {
      long start = align(Math.max(range.getKey(), minimum), alignment);
      if (start + size > limit) break;
      if (start + size > range.getKey() + range.getValue()) continue;
      take(range.getKey(), range.getValue(), start, size);
      return OptionalLong.of(start);
    }
    return OptionalLong.empty();
  }

  /** The lowest free range of that size. */
  OptionalLong allocate(long size) {
    return allocate(size, 1, 0, Long.MAX_VALUE);
  }

  /** Takes a range; false when it is not all free. */
  boolean reserve(long start, long size) {
    Map.Entry<Long, Long> range = free.floorEntry(start);
    if (range == null || start + size > range.getKey() + range.getValue()) return false;
    take(range.getKey(), range.getValue(), start, size);
    return true;
  }

  /** Gives back a range that was taken whole. */
  void release(long start, long size) {
    long from = start;
    long to = start + size;
    Map.Entry<Long, Long> below = free.lowerEntry(start);
    if (below != null && below.getKey() + below.getValue() == start) from = below.getKey();
    Long above = free.remove(to);
    if (above != null) to += above;
    free.put(from, to - from);
  }

  private void take(long rangeStart, long rangeSize, long start, long size) {
    free.remove(rangeStart);
    if (start > rangeStart) free.put(rangeStart, start - rangeStart);
    long rest = rangeStart + rangeSize - (start + size);
    if (rest > 0) free.put(start + size, rest);
  }

  private static long align(long value, long alignment) {
    return (value + alignment - 1) / alignment * alignment;
  }
}
