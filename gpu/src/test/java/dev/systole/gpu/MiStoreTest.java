package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** MI commands that write memory (gen12-commands.md part 2, 20 to 2e). */
class MiStoreTest {
  private final CommandFixture f = new CommandFixture();

  @Test
  void storeDataImmWritesDwordsQwordsAndArrays() {
    f.run(
        f.store(0, 1),
        command(0x10200003, f.data, 8, 2, 3),
        command(0x10000004, f.data, 16, 4, 5, 6),
        command(0x10200005, f.data, 32, 7, 8, 9, 10));
    assertEquals(1, f.at(0));
    assertEquals(2, f.at(8));
    assertEquals(3, f.at(12));
    assertEquals(4, f.at(16));
    assertEquals(6, f.at(24));
    assertEquals(7, f.at(32));
    assertEquals(10, f.at(44));
  }

  @Test
  void qwordsAreAlignedToEightBytes() {
    f.run(command(0x10200003, f.data, 12, 1, 2));
    assertEquals(1, f.at(8));
    assertEquals(2, f.at(12));
  }

  @Test
  void arrayOfMoreThan255DwordsUsesTenBitsOfLength() {
    int[] values = new int[300];
    values[299] = 7;
    f.run(command(0x10000000 | values.length + 1, f.data, 0, values), f.store(0, 1));
    assertEquals(7, f.at(4 * 299));
    assertEquals(1, f.at(0));
  }

  @Test
  void ggttAccessFromABatchInThePpgttDoesNothing() {
    long bus = f.gpu.allocate(1);
    int page = f.gpu.mapGgtt(bus, 1);
    f.run(
        command(0x10400002, page, 0, 1),
        command(0x17200003, page, 0, f.data.low(), f.data.high()),
        command(0x12400002, f.gprAddress(0), page, 0),
        command(0x17c00001 | 5 << 8, page, 0),
        f.store(0, 2));
    assertEquals(0, f.gpu.load(bus));
    assertEquals(2, f.at(0));
  }

  @Test
  void ringReachesTheGgtt() {
    long bus = f.gpu.allocate(1);
    int page = f.gpu.mapGgtt(bus, 1);
    f.runInRing(
        command(0x10400002, page, 0, 5),
        command(0x17600003, page + 4, 0, page, 0),
        command(0x17c00001 | 5 << 8, page, 0));
    assertEquals(6, f.gpu.load(bus));
    assertEquals(5, f.gpu.load(bus + 4));
  }

  @Test
  void storeDataIndexWritesEitherStatusPage() {
    f.runInRing(
        command(0x10800001, 0x400, 7),
        command(0x10a00001, 0x400, 8),
        command(0x10a00002, 0x408, 9, 10));
    assertEquals(7, f.gpu.load(f.gpu.statusPage(f.engine) + 0x400));
    assertEquals(8, f.gpu.load(f.context.imageBus() + 0x400));
    assertEquals(9, f.gpu.load(f.context.imageBus() + 0x408));
    assertEquals(10, f.gpu.load(f.context.imageBus() + 0x40c));
  }

  @Test
  void copyMemMemCopiesOneDword() {
    f.gpu.store(f.data.bus(), 1, 2);
    f.run(command(0x17000003, f.data, 8, f.data.low(), f.data.high()));
    assertEquals(1, f.at(8));
    assertEquals(0, f.at(12));
  }

  @Test
  void updateGttMapsPagesForThePrivilegedAlone() {
    long bus = f.gpu.allocate(1);
    int page = f.gpu.mapGgtt(f.gpu.allocate(1), 1);
    int[] update = command(0x11800002, page, (int) bus | 1, 0);
    int[] invalidate = command(0x7a000004, 1 << 18 | 1 << 20, 0, 0, 0, 0);
    int[] store = command(0x10400002, page, 0, 5);
    f.run(update);
    f.runInRing(store);
    assertEquals(0, f.gpu.load(bus));
    f.runInRing(update, store);
    assertEquals(0, f.gpu.load(bus), "the old translation is cached");
    f.runInRing(invalidate, store);
    assertEquals(5, f.gpu.load(bus));
  }

  @Test
  void reportHeadWritesHeadToTheStatusPage() {
    f.runInRing(command(0, 0x03800000));
    assertEquals(8, f.gpu.load(f.gpu.statusPage(f.engine) + 16));
  }

  @Test
  void reportPerfCountWritesIdTimeAndContext() {
    f.gpu.store(f.data.bus() + 64, 1, 1, 1, 1, 1);
    f.run(command(0x14000002, f.data, 64, 0x1234));
    assertEquals(0x1234, f.at(64));
    assertTrue(f.at(68) > 0);
    assertEquals(f.context.image(), f.at(72) & -4096);
    assertEquals(0, f.at(80));
  }

  @Test
  void noopWithIdWritesNopid() {
    f.run(command(0x00400123), command(0x00000456));
    assertEquals(0x123, f.register(RING_NOPID));
  }
}
