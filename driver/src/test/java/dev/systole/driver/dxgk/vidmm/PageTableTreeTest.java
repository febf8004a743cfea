package dev.systole.driver.dxgk.vidmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.driver.ddi.GpuPhysicalAddress;
import dev.systole.driver.ddi.PagingOperation.UpdatePageTable;
import dev.systole.driver.door.KernelHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** wddm.md 3.2 and part 10, item 28. */
class PageTableTreeTest {
  private static final long SEGMENT_BYTES = 4 << 20;
  private static final long SEGMENT_CPU = 0x1000_0000;
  private static final KernelHandle.KmdAllocation ALLOCATION = new KernelHandle.KmdAllocation(5);

  private final Segment segment = new Segment(1, SEGMENT_CPU, SEGMENT_BYTES);
  private final PageTableTree tree =
      new PageTableTree(new KernelHandle.KmdProcess(1), segment, 4, 9);

  /** What page tables hold after updates, as "address of table" to "index" to "entry". */
  private final Map<Long, Map<Integer, GpuPhysicalAddress>> memory = new HashMap<>();

  @Test
  void tablesAreFilledThenLinkedLeavesBeforeTheirParents() {
    assertTrue(tree.prepare(0x20_0000, 0x1000));

    var operations = map(0x20_0000, 1, 0x9000);

    assertEquals(
        List.of("fill 0", "map 0", "fill 1", "map 1", "fill 2", "map 2", "fill 3", "map 3"),
        operations.stream().map(PageTableTreeTest::describe).toList());
  }

  @Test
  void oneOperationPerTableAndRun() {
    assertTrue(tree.prepare(0x1f_f000, 0x40_0000));

    var operations = map(0x1f_f000, 1024, 0x9000);

    var entries =
        operations.stream()
            .filter(update -> !update.flags().initialUpdate())
            .map(
                update ->
                    update.pageTableLevel()
                        + ": "
                        + update.startIndex()
                        + "+"
                        + update.entryCount())
            .toList();
    assertEquals(
        List.of("0: 511+1", "0: 0+512", "0: 0+511", "1: 0+3", "2: 0+1", "3: 0+1"), entries);
  }

  @Test
  void everyMappedPageIsFoundByAWalkAndUnmappedOnesAreNot() {
    long address = 0x7f_ffff_f000L;
    assertTrue(tree.prepare(address, 0x3000));
    map(address, 3, 0x5_0000);

    for (int page = 0; page < 3; page++) {
      assertEquals(
          new GpuPhysicalAddress(0, 0x5_0000 + page * 0x1000L), walk(address + page * 0x1000L));
    }
    tree.unmap(ALLOCATION, address + 0x1000, 1).forEach(this::apply);
    assertEquals(new GpuPhysicalAddress(0, 0x5_0000), walk(address));
    assertEquals(null, walk(address + 0x1000));
  }

  @Test
  void aRangeWithoutRoomForItsTablesIsRefusedAndFreedTablesComeBack() {
    assertFalse(tree.prepare(0, 1L << 40));
    tree.free();
    assertTrue(tree.prepare(0, 1 << 20));
  }

  private List<UpdatePageTable> map(long address, int pages, long busAddress) {
    var entries = PagingProcess.entries(new GpuPhysicalAddress(0, busAddress), pages * 0x1000L);
    var operations = tree.map(ALLOCATION, 0, address, entries);
    operations.forEach(this::apply);
    return operations;
  }

  private static String describe(UpdatePageTable update) {
    return (update.flags().initialUpdate() ? "fill " : "map ") + update.pageTableLevel();
  }

  private void apply(UpdatePageTable update) {
    var table = memory.computeIfAbsent(update.pageTableAddress(), _ -> new HashMap<>());
    for (int i = 0; i < update.entryCount(); i++) {
      var entry = update.entries().get(update.flags().repeat() ? 0 : i);
      table.put(update.startIndex() + i, entry.valid() ? entry.place() : null);
    }
  }

  private GpuPhysicalAddress walk(long address) {
    GpuPhysicalAddress place = tree.root();
    for (int level = 3; level >= 0 && place != null; level--) {
      int index = (int) (address >>> 12 + 9 * level) & 511;
      place = memory.get(segment.cpuAddress(place.segmentOffsetBytes())).get(index);
    }
    return place;
  }
}
