package dev.systole.driver.miniport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** gen12-commands.md 2 and 3.2: headers and operands as the reference writes them. */
class PagingCommandsTest {
  private final PagingCommands commands = new PagingCommands();

  @Test
  void aFillIsAPictureOnePageWide() {
    commands.fill(0x1_2000_0000L, 3 * 4096, 0xabcd);

    assertArrayEquals(
        new int[] {0x54300005, 0x03f0_1000, 0, 3 << 16 | 1024, 0x2000_0000, 1, 0xabcd, 0},
        commands.pieces().getFirst());
  }

  @Test
  void aCopyIsAPictureOnePageWide() {
    commands.copy(0x1000, 0x2_0000_0000L, 4096);

    assertArrayEquals(
        new int[] {0x50800008, 0x0300_1000, 0, 1 << 16 | 1024, 0, 2, 0, 4096, 0x1000, 0},
        commands.pieces().getFirst());
  }

  @Test
  void moreRowsThanACoordinateHoldsAreMoreBlits() {
    commands.fill(0, 0x8000L * 4096, 0);

    assertEquals(2, commands.pieces().size());
    assertEquals(1 << 16 | 1024, commands.pieces().getLast()[3]);
  }

  @Test
  void entriesAreStoredAsQwordsAndPaddedToEvenLength() {
    commands.store(0x4000, new long[] {0x1_0000_0003L, 0x2003});

    assertArrayEquals(
        new int[] {0x10200005, 0x4000, 0, 3, 1, 0x2003, 0, 0}, commands.pieces().getFirst());
  }

  @Test
  void aRepeatedEntryIsTwoColumns() {
    commands.repeat(0x4000, 512, 0x7_0000_0001L);

    assertEquals(2, commands.pieces().size());
    assertEquals(512 << 16 | 1, commands.pieces().get(0)[3]);
    assertEquals(1, commands.pieces().get(0)[6]);
    assertEquals(0x4004, commands.pieces().get(1)[4]);
    assertEquals(7, commands.pieces().get(1)[6]);
  }

  @Test
  void aTlbFlushSetsTheBitOfTheReference() {
    commands.flushTlb();

    assertEquals(0x13040002, commands.pieces().getFirst()[0]);
    assertTrue(commands.pieces().stream().allMatch(piece -> piece.length % 2 == 0));
  }
}
