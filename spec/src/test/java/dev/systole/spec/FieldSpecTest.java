package dev.systole.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bits of a field are counted through the dwords, the first the lowest. */
class FieldSpecTest {
  private static final int[] DWORDS = {0x12345678, 0x9abcdef0, 0xfedcba98};

  @Test
  void fieldsMayCrossDwords() {
    assertEquals(0x8, raw(0, 3));
    assertEquals(0x12345678, raw(0, 31));
    assertEquals(0x01, raw(28, 33));
    assertEquals(0xfedcba98_9abcdef0L, raw(32, 95));
  }

  @Test
  void anAddressKeepsItsPlace() {
    assertEquals(0x9abcdef0L, field(36, 63, FieldType.Plain.ADDRESS).value(DWORDS, 0));
    assertEquals(0xba98_9abcd000L, field(44, 79, FieldType.Plain.OFFSET).value(DWORDS, 0));
  }

  @Test
  void anIntegerHasASign() {
    assertEquals(-1, field(92, 95, FieldType.Plain.INT).value(DWORDS, 0));
    assertEquals(5, field(12, 15, FieldType.Plain.INT).value(DWORDS, 0));
    assertEquals(15, field(92, 95, FieldType.Plain.UINT).value(DWORDS, 0));
  }

  @Test
  void everyFieldIsReadAsArithmeticOnTheWholeWouldReadIt() {
    long seed = 1;
    var random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      int[] dwords = random.ints(8).toArray();
      int origin = random.nextInt(3);
      int start = random.nextInt(160 - 64);
      int end = start + random.nextInt(64);
      BigInteger whole = BigInteger.ZERO;
      for (int d = 4; d >= 0; d--) {
        long dword = Integer.toUnsignedLong(dwords[origin + d]);
        whole = whole.shiftLeft(32).or(BigInteger.valueOf(dword));
      }
      BigInteger mask = BigInteger.ONE.shiftLeft(end - start + 1).subtract(BigInteger.ONE);
      long expected = whole.shiftRight(start).and(mask).longValue();
      long value = field(start, end, FieldType.Plain.UINT).value(dwords, origin);
      assertEquals(expected, value, () -> "seed " + seed + ", bits " + start + " to " + end);
    }
  }

  private static long raw(int start, int end) {
    return field(start, end, FieldType.Plain.UINT).raw(DWORDS, 0);
  }

  private static FieldSpec field(int start, int end, FieldType type) {
    return new FieldSpec("F", start, end, type, OptionalLong.empty(), List.of());
  }
}
