package dev.systole.driver.dxgk.vidmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** wddm.md part 10, items 20 and 29. */
class RangeAllocatorTest {
  @Test
  void theLowestRangeThatFitsIsTaken() {
    var ranges = new RangeAllocator(0x1000, 0x10_000);
    assertEquals(OptionalLong.of(0x1000), ranges.allocate(0x1000));
    assertEquals(OptionalLong.of(0x4000), ranges.allocate(0x1000, 0x4000, 0, Long.MAX_VALUE));
    assertEquals(OptionalLong.of(0x2000), ranges.allocate(0x2000));
    assertEquals(OptionalLong.of(0x8000), ranges.allocate(0x1000, 1, 0x8000, Long.MAX_VALUE));
    assertEquals(OptionalLong.empty(), ranges.allocate(0x1000, 1, 0, 0x5000));
  }

  @Test
  void aTakenRangeCannotBeReserved() {
    var ranges = new RangeAllocator(0, 100);
    assertTrue(ranges.reserve(10, 20));
    assertFalse(ranges.reserve(29, 2));
    assertFalse(ranges.reserve(90, 11));
    assertFalse(ranges.reserve(-1, 1));
    ranges.release(10, 20);
    assertTrue(ranges.reserve(0, 100));
  }

  @Test
  void rangesNeverOverlapAndAllComeBack() {
    long seed = 20260101;
    var random = new Random(seed);
    var ranges = new RangeAllocator(0, 1 << 16);
    var taken = new TreeMap<Long, Long>();
    for (int step = 0; step < 20_000; step++) {
      String where = "seed " + seed + " step " + step;
      if (taken.isEmpty() || random.nextInt(3) > 0) {
        long size = 1 + random.nextInt(300);
        long alignment = 1L << random.nextInt(6);
        OptionalLong start = ranges.allocate(size, alignment, 0, Long.MAX_VALUE);
        if (start.isEmpty()) continue;
        long at = start.getAsLong();
        assertEquals(0, at % alignment, where);
        var below = taken.floorEntry(at + size - 1);
        assertTrue(below == null || below.getKey() + below.getValue() <= at, where);
        taken.put(at, size);
      } else {
        Long start = taken.ceilingKey((long) random.nextInt(1 << 16));
        if (start != null) ranges.release(start, taken.remove(start));
      }
    }
    taken.forEach(ranges::release);
    assertTrue(ranges.reserve(0, 1 << 16), "seed " + seed);
  }
}
