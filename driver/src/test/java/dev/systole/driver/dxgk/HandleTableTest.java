package dev.systole.driver.dxgk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** wddm.md 0, D3DKMT_HANDLE, and part 10, item 11. */
class HandleTableTest {
  private final HandleTable table = new HandleTable();

  @Test
  void theFirstHandlesAre40000000And40000040() {
    assertEquals(0x4000_0000L, table.insert("a"));
    assertEquals(0x4000_0040L, table.insert("b"));
  }

  @Test
  void aHandleFindsOnlyItsOwnObjectAndOnlyByItsType() {
    long handle = table.insert("a");

    assertEquals("a", table.find(handle, String.class));
    assertNull(table.find(handle, Integer.class));
    assertNull(table.find(0, String.class));
    assertNull(table.find(handle + 1, String.class));
    assertNull(table.find(0xffff_ffffL, String.class));
    assertNull(table.find(-1L, String.class));
  }

  @Test
  void aSlotIsReusedOnlyAfterManyOthersAndUnderAnotherHandle() {
    long first = table.insert("a");
    table.remove(first);
    var seen = new HashSet<Long>();
    for (int i = 0; i < 128; i++) seen.add(table.insert("other") & 0x3fff_ffff);

    assertEquals(false, seen.contains(first & 0x3fff_ffff));
    assertNull(table.find(first, String.class));
    for (int i = 0; i < 4000; i++) table.insert("more");
    assertNull(table.find(first, String.class), "the unique part tells the uses apart");
  }
}
