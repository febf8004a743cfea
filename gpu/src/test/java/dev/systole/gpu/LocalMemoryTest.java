package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.PageTableStructures.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;

/** The memory of a discrete part: i915-kernel.md part 6, the bits of DG2. */
class LocalMemoryTest {
  private static final int COPY_MEM_MEM = 0x17000003;
  private static final long PRESENT_WRITABLE = 3;
  private static final long LOCAL_PAGE = PRESENT_WRITABLE | PAGE_TABLE_ENTRY_LOCAL_MEMORY;

  private final GpuFixture fixture = new GpuFixture(Platform.DG2, FaultPlan.none());
  private final TestContext context = fixture.context(Engine.RCS0);
  private final PageTables tables = context.tables();
  private final Buffer target = tables.buffer(1);

  /** Copies the dword at {@code address} to where the CPU sees it; returns it. */
  private int read(long address) {
    var batch =
        context.batch(
            COPY_MEM_MEM, target.low(), target.high(), (int) address, (int) (address >>> 32));
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    return fixture.load(target.bus());
  }

  private void storeLocal(long address, int value) {
    fixture.store(GpuFixture.LOCAL_BASE + address, value);
  }

  private void setEntry(long address, int level, long entry) {
    fixture.gpu.writeMemory64(tables.entryAddress(address, level), entry);
  }

  @Test
  void bit11OfAPageTableEntrySaysThatThePageIsLocal() {
    long address = 0x40_0000_0000L;
    storeLocal(0x900_0010, 1);
    fixture.store(0x900_0010, 2);
    setEntry(address, 0, 0x900_0000 | LOCAL_PAGE);
    setEntry(address + 4096, 0, 0x900_0000 | PRESENT_WRITABLE);
    assertEquals(1, read(address + 0x10));
    assertEquals(2, read(address + 0x1010));
  }

  @Test
  void compactTableHas32EntriesOf64KibibytePages() {
    long address = 0x41_0000_0000L;
    long table = tables.entryAddress(address, 0);
    long directoryEntry = fixture.gpu.readMemory64(tables.entryAddress(address, 1));
    setEntry(address, 1, directoryEntry | PAGE_DIRECTORY_ENTRY_COMPACT_TABLE);
    fixture.gpu.writeMemory64(table + 8, 0xa0_0000 | LOCAL_PAGE);
    fixture.gpu.writeMemory64(table + 31 * 8, 0xb0_0000 | LOCAL_PAGE);
    storeLocal(0xa0_7ff0, 3);
    storeLocal(0xb0_fffc, 4);
    assertEquals(3, read(address + 0x1_7ff0));
    assertEquals(4, read(address + 0x1f_fffc));
  }

  @Test
  void bit8OfAPageTableEntrySaysThatSixteenAreOnePage() {
    long address = 0x42_0000_0000L;
    long entry = LOCAL_PAGE | PAGE_TABLE_ENTRY_PAGE_SIZE_64_KIB;
    for (int i = 0; i < 16; i++) setEntry(address + i * 4096, 0, 0xc0_0000 + i * 4096 | entry);
    storeLocal(0xc0_5008, 5);
    assertEquals(5, read(address + 0x5008));
  }

  @Test
  void bit11OfADirectoryEntryWithBit7IsThatOfALocalPageOf2Mebibytes() {
    long address = 0x43_0000_0000L;
    setEntry(address, 1, 0x1000_0000 | LOCAL_PAGE | PAGE_DIRECTORY_ENTRY_PAGE_SIZE_2_MIB);
    storeLocal(0x1012_3454, 6);
    assertEquals(6, read(address + 0x12_3454));
  }

  @Test
  void bit1OfAGgttEntrySaysThatThePageIsLocal() {
    int address = fixture.mapGgtt(0xd0_0000 | GGTT_ENTRY_LOCAL_MEMORY, 1);
    context.emit(0x10400002, address + 8, 0, 7);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(7, fixture.load(GpuFixture.LOCAL_BASE + 0xd0_0008));
  }

  @Test
  void localMemoryLiesBehindBar2WhereverSoftwarePutsIt() {
    assertEquals(0xc, fixture.gpu.readConfig(0x18, 4));
    assertEquals(0x40, fixture.gpu.readConfig(0x1c, 4));
    fixture.gpu.writeConfig(0x18, 4, -1);
    fixture.gpu.writeConfig(0x1c, 4, -1);
    assertEquals(0xc, fixture.gpu.readConfig(0x18, 4), "16 GiB, 64 bit, prefetchable");
    assertEquals(0xfffffffc, fixture.gpu.readConfig(0x1c, 4));
    fixture.gpu.writeConfig(0x1c, 4, 0x80);
    fixture.store(0x80_0000_1000L, 8);
    fixture.gpu.writeMemory64((0x80L << 32) + (16L << 30) - 4, 0x1_0000_0009L);
    fixture.gpu.writeConfig(0x1c, 4, 0x40);
    assertEquals(8, fixture.load(GpuFixture.LOCAL_BASE + 0x1000));
    assertEquals(9, fixture.load(GpuFixture.LOCAL_BASE + (16L << 30) - 4));
    assertEquals(-1, fixture.load(0x80_0000_1000L));
  }

  @Test
  void accessToAPageThatIsNotPresentStopsTheEngineBeforeTheCommand() {
    long nowhere = 0x7123_4567_8010L;
    fixture.store(target.bus(), 5);
    var batch =
        context.batch(
            COPY_MEM_MEM,
            target.low() + 8,
            target.high(),
            target.low(),
            target.high(),
            COPY_MEM_MEM,
            target.low(),
            target.high(),
            (int) nowhere,
            (int) (nowhere >>> 32),
            COPY_MEM_MEM,
            target.low() + 16,
            target.high(),
            target.low(),
            target.high());
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(5, fixture.load(target.bus() + 8), "what came before was done");
    assertEquals(0, fixture.load(target.bus() + 16), "what comes behind is not");
    assertEquals(COPY_MEM_MEM, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(batch.low() + 20, fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(RING_ESR_PAGE_TABLE_ERROR, fixture.read(Engine.RCS0, RING_ESR));
    assertEquals(
        RING_RESET_CTL_CATASTROPHIC_ERROR,
        fixture.read(Engine.RCS0, RING_RESET_CTL) & RING_RESET_CTL_CATASTROPHIC_ERROR);
    assertEquals(FAULT_REG_VALID | FAULT_REG_FAULT_TYPE_INVALID_PML4E, fixture.read(FAULT_REG));
    assertEquals((int) (nowhere >>> 12), fixture.read(FAULT_TLB_DATA0));
    assertEquals((int) (nowhere >>> 44), fixture.read(FAULT_TLB_DATA1));
  }

  @Test
  void waitAtAPageThatIsNotPresentIsAFaultToo() {
    var batch = context.batch(0x0e00c003, 1, 0x1000, 0x70, 0);
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(batch.low(), fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(RING_ESR_PAGE_TABLE_ERROR, fixture.read(Engine.RCS0, RING_ESR));
  }

  @Test
  void faultsOfOtherEnginesCarryTheirNumber() {
    var copy = fixture.context(Engine.BCS0);
    fixture.submit(copy.emitBatch(new Buffer(0x7123_4567_8000L, 0)));
    fixture.runMillis(1);
    assertEquals(4, (fixture.read(FAULT_REG) & FAULT_REG_ENGINE_ID_MASK) >> 12);
    assertNotEquals(0, fixture.read(Engine.BCS0, RING_ESR));
    assertEquals(0, fixture.read(Engine.RCS0, RING_ESR));
  }
}
