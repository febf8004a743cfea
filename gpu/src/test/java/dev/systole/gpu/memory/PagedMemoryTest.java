package dev.systole.gpu.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.sim.StateBytes;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.StateSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagedMemoryTest {
  private static final long SIZE_BYTES = 16L << 30;

  private final PagedMemory memory = new PagedMemory(SIZE_BYTES);

  private byte[] content(long address) {
    return memory.read(address).content();
  }

  @Test
  void cardOf16GibibytesCostsOnlyThePagesThatAreTouched() {
    memory.store32(0, 1);
    memory.store32(SIZE_BYTES - 4, 2);
    memory.store64(SIZE_BYTES / 2 + 4092, 3);
    assertEquals(0, memory.load32(SIZE_BYTES / 4));
    assertEquals(4, memory.touchedPages());
  }

  @Test
  void pageIsCopiedOnlyWhenItIsWrittenAfterAnImage() {
    memory.store32(0, 1);
    memory.store32(4096, 2);
    byte[] first = content(0);
    byte[] second = content(4096);
    MemoryImage image = memory.image();
    memory.store32(0, 3);
    assertNotSame(first, content(0));
    assertSame(second, content(4096));
    memory.restore(image);
    assertSame(first, content(0));
    assertEquals(1, memory.load32(0));
  }

  @Test
  void imageIsNotTouchedByWhoRestoresIt() {
    memory.store32(8, 1);
    MemoryImage image = memory.image();
    var other = new PagedMemory(SIZE_BYTES);
    other.store32(1L << 33, 9);
    other.restore(image);
    assertEquals(0, other.load32(1L << 33));
    other.store32(8, 2);
    memory.store32(8, 3);
    var third = new PagedMemory(SIZE_BYTES);
    third.restore(image);
    assertEquals(1, third.load32(8));
    assertEquals(2, other.load32(8));
    assertEquals(3, memory.load32(8));
  }

  @Test
  void secondImageSharesWhatWasNotWritten() {
    memory.store32(0, 1);
    memory.store32(1L << 32, 1);
    MemoryImage first = memory.image();
    memory.store32(0, 2);
    MemoryImage second = memory.image();
    assertNotSame(first.leaves[0], second.leaves[0]);
    assertSame(first.leaves[2048], second.leaves[2048]);
  }

  @Test
  void pageThatTakesRoomBeforeAndAfterStaysItself() {
    Page page = memory.write(0);
    page.store32(0, 1);
    MemoryImage image = memory.image();
    page.store32(0, 2);
    memory.restore(image);
    assertSame(page, memory.read(0));
    assertEquals(1, page.load32(0));
    page.store32(0, 5);
    assertEquals(5, memory.load32(0));
  }

  @Test
  void pageOfAnotherTimeIsNotPartOfMemory() {
    MemoryImage empty = memory.image();
    Page page = memory.write(0);
    memory.restore(empty);
    long hash = memory.hash();
    page.store32(0, 7);
    assertEquals(hash, memory.hash());
    assertEquals(0, memory.load32(0));
  }

  @Test
  void watchNoticesOneWriteAndIsPartOfTheState() {
    memory.watch(0x5000);
    MemoryImage image = memory.image();
    var bytes = new StateBytes();
    memory.save(bytes);
    memory.store32(0x5004, 1);
    assertTrue(memory.takeWatchedPageWritten());
    memory.store32(0x5004, 2);
    assertFalse(memory.takeWatchedPageWritten());
    memory.restore(image);
    memory.store32(0x5004, 3);
    assertTrue(memory.takeWatchedPageWritten(), "as in the image");
    memory.restore(new StateSource(bytes.toByteArray()));
    memory.store32(0x5004, 3);
    assertTrue(memory.takeWatchedPageWritten(), "as saved");
  }

  @Test
  void pageTwiceInASavedStateIsRefused() {
    var bytes = new StateBytes();
    bytes.putInt(2);
    for (int i = 0; i < 2; i++) {
      bytes.putLong(5);
      bytes.putBoolean(true);
    }
    var source = new StateSource(bytes.toByteArray());
    assertThrows(StateException.class, () -> memory.restore(source));
  }

  /** Against plain copies: whatever is written and restored in between. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void imagesSavedStatesAndHashesAgree(long seed) {
    var random = new Random(seed);
    var images = new MemoryImage[4];
    var saved = new byte[4][];
    var hashes = new long[4];
    for (int step = 0; step < 2000; step++) {
      int slot = random.nextInt(4);
      switch (random.nextInt(8)) {
        case 0 -> {
          images[slot] = memory.image();
          saved[slot] = bytes();
          hashes[slot] = memory.hash();
        }
        case 1 -> {
          if (images[slot] != null) memory.restore(images[slot]);
        }
        case 2 -> {
          if (images[slot] == null) break;
          memory.restore(images[slot]);
          assertEquals(hashes[slot], memory.hash(), "hash, seed " + seed);
          assertEquals(0, Arrays.compare(saved[slot], bytes()), "bytes, seed " + seed);
          memory.restore(new StateSource(saved[slot]));
          assertEquals(hashes[slot], memory.hash(), "saved hash, seed " + seed);
        }
        default -> memory.store64(random.nextInt(3000) * 8L * 1021, random.nextLong());
      }
    }
  }

  private byte[] bytes() {
    var bytes = new StateBytes();
    memory.save(bytes);
    return bytes.toByteArray();
  }

  @Test
  void hashDependsOnPlaceAndContent() {
    memory.store32(0, 1);
    long first = memory.hash();
    memory.store32(0, 0);
    assertEquals(0, memory.hash(), "zeroes count like untouched memory");
    memory.store32(4096, 1);
    assertNotEquals(first, memory.hash());
  }
}
