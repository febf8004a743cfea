package dev.systole.driver.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.systole.driver.ddi.caps.DriverCaps;
import dev.systole.driver.ddi.caps.PhysicalAdapterCaps;
import dev.systole.driver.ddi.caps.QuerySegmentOut4;
import org.junit.jupiter.api.Test;

class StructureTest {
  @Test
  void membersAreNaturallyAlignedAndLittleEndian() {
    var out = new QuerySegmentOut4(2, 40, 1, 0x10000, 0, 48);

    Blob bytes = Structure.encode(out);

    assertEquals(40, bytes.sizeBytes());
    assertEquals(2, bytes.dwordAt(0));
    assertEquals(40, bytes.dwordAt(8));
    assertEquals(0x10000, bytes.dwordAt(20));
  }

  @Test
  void flagsAreOneWordWithTheBitsOfTheReference() {
    var caps =
        new PhysicalAdapterCaps((short) 2, (short) 1, new PhysicalAdapterCaps.Flags(false, true));

    assertEquals(Blob.ofDwords(0x0001_0002, 2), Structure.encode(caps));
    assertEquals(1 << 3 | 2 << 7, Structure.encode(schedulingCaps()).dwordAt(0));
  }

  @Test
  void whatWasEncodedIsDecodedAgain() {
    var caps =
        new DriverCaps(
            -1L,
            1L << 31,
            0,
            schedulingCaps(),
            new DriverCaps.MemoryManagementCaps(true, true, true, false),
            1,
            2,
            DriverCaps.WDDM2_0,
            100,
            0,
            true);

    assertEquals(caps, Structure.decode(DriverCaps.class, Structure.encode(caps)));
  }

  @Test
  void tooFewBytesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Structure.decode(QuerySegmentOut4.class, Blob.ofDwords(1, 2, 3)));
  }

  private static DriverCaps.SchedulingCaps schedulingCaps() {
    return new DriverCaps.SchedulingCaps(false, false, true, false, 2);
  }
}
