package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;

/** i915-kernel.md part 6. */
class MemoryTest {
  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.RCS0);
  private final long gate = fixture.allocate(1);

  private Buffer copy(long from, Buffer to) {
    return context.batch(0x17000003, to.low(), to.high(), (int) from, (int) (from >>> 32));
  }

  private void run(Buffer batch) {
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
  }

  @Test
  void twoMebibytePageIsOneEntryOfTheDirectory() {
    var target = context.tables().buffer(1);
    long address = 0x40_0000_0000L;
    long directoryEntry = context.tables().entryAddress(address, 1);
    fixture.gpu.writeMemory64(directoryEntry, 0x0820_0000L | 0x83);
    fixture.store(0x0820_0000L + 0x12344, 77);
    run(copy(address + 0x12344, target));
    assertEquals(77, fixture.load(target.bus()));
  }

  @Test
  void tableOf64KibibytePagesUsesEverySixteenthEntry() {
    var target = context.tables().buffer(1);
    long address = 0x41_0000_0000L;
    long entry = context.tables().entryAddress(address);
    long directoryEntry = context.tables().entryAddress(address, 1);
    fixture.gpu.writeMemory64(directoryEntry, fixture.gpu.readMemory64(directoryEntry) | 1 << 11);
    fixture.gpu.writeMemory64(entry + 16 * 8, 0x0840_0000L | 3);
    fixture.store(0x0840_0000L + 0x7ff0, 78);
    run(copy(address + 0x1_7ff0, target));
    assertEquals(78, fixture.load(target.bus()));
  }

  @Test
  void translationIsStaleUntilItIsInvalidated() {
    var moved = context.tables().buffer(1);
    long other = fixture.allocate(1);
    fixture.store(moved.bus(), 1);
    fixture.store(other, 2);
    var before = context.tables().buffer(1);
    var gate = context.tables().buffer(1);
    var batch =
        context.batch(
            0x17000003,
            before.low(),
            before.high(),
            moved.low(),
            moved.high(),
            0x0e00c003,
            1,
            gate.low(),
            gate.high(),
            0,
            0x17000003,
            before.low() + 4,
            before.high(),
            moved.low(),
            moved.high(),
            0x7a000004,
            0x00140000,
            0,
            0,
            0,
            0,
            0x17000003,
            before.low() + 8,
            before.high(),
            moved.low(),
            moved.high());
    run(batch);
    context.tables().map(moved.address(), other, 1);
    fixture.store(gate.bus(), 1);
    fixture.runMillis(1);
    assertEquals(1, fixture.load(before.bus()));
    assertEquals(1, fixture.load(before.bus() + 4), "still the old page");
    assertEquals(2, fixture.load(before.bus() + 8), "after the TLB invalidate");
  }

  @Test
  void entryThatIsNotPresentFaultsReadsZeroAndIsRecorded() {
    var target = context.tables().buffer(1);
    fixture.store(target.bus(), 5);
    long nowhere = 0x7123_4567_8000L;
    run(copy(nowhere, target));
    assertEquals(0, fixture.load(target.bus()));
    assertEquals(FAULT_REG_VALID | FAULT_REG_FAULT_TYPE_INVALID_PML4E, fixture.read(FAULT_REG));
    assertEquals((int) (nowhere >>> 12), fixture.read(FAULT_TLB_DATA0));
    assertEquals((int) (nowhere >>> 44), fixture.read(FAULT_TLB_DATA1));
    assertEquals(context.tail(), fixture.read(Engine.RCS0, RING_HEAD), "and the engine goes on");
  }

  @Test
  void fetchFromNowhereEndsParsing() {
    run(new Buffer(0x7123_4567_8000L, 0));
    assertEquals(0x4567_8000, fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(RING_ESR_PAGE_TABLE_ERROR, fixture.read(Engine.RCS0, RING_ESR));
    assertNotEquals(0, fixture.read(FAULT_REG));
  }

  @Test
  void ggttEntryTakesEffectAfterTheFlush() {
    long first = fixture.allocate(1);
    long second = fixture.allocate(1);
    int address = fixture.mapGgtt(first, 1);
    var ring = fixture.context(Engine.RCS0);
    ring.emit(0x10400002, address, 0, 1, 0x0e40c003, 1, fixture.mapGgtt(gate, 1), 0, 0, 0);
    ring.emit(0x10400002, address, 0, 2);
    fixture.submit(ring);
    fixture.runMillis(1);
    fixture.gpu.writeRegister64(0x800000 + (address >>> 12) * 8, second | 1);
    fixture.write(GFX_FLSH_CNTL, 1);
    fixture.store(gate, 1);
    fixture.runMillis(1);
    assertEquals(1, fixture.load(first));
    assertEquals(2, fixture.load(second));
  }

  @Test
  void memoryBeyondTheEndReadsOnesAndSwallowsWrites() {
    fixture.gpu.writeMemory32(1L << 40, 5);
    assertEquals(-1, fixture.gpu.readMemory32(1L << 40));
    assertEquals(-1L, fixture.gpu.readMemory64(-8));
  }

  @Test
  void tableBeyondMemoryHasNoEntries() {
    var target = context.tables().buffer(1);
    long address = 0x42_0000_0000L;
    fixture.gpu.writeMemory64(context.tables().entryAddress(address, 2), 0x2000_0000_0003L);
    run(copy(address, target));
    assertEquals(FAULT_REG_VALID | FAULT_REG_FAULT_TYPE_INVALID_PDE, fixture.read(FAULT_REG));
  }

  @Test
  void pageBeyondMemoryReadsOnesAndSwallowsWrites() {
    var target = context.tables().buffer(1);
    long address = 0x43_0000_0000L;
    context.tables().map(address, 0x2000_0000_0000L, 1);
    fixture.store(target.bus() + 4096 - 4, 1);
    run(copy(address, target));
    assertEquals(-1, fixture.load(target.bus()));
    assertEquals(0, fixture.read(FAULT_REG));
  }

  @Test
  void cpuSeesTheFirstAddressesOfTheGgttInTheAperture() {
    long page = fixture.allocate(1);
    long aperture = GpuFixture.LOCAL_BASE + fixture.mapGgtt(page, 1);
    fixture.store(aperture + 0x20, 11);
    assertEquals(11, fixture.load(page + 0x20));
    assertEquals(0, fixture.load(GpuFixture.LOCAL_BASE + (200 << 20)), "nothing is mapped there");
    assertEquals(-1, fixture.load(GpuFixture.LOCAL_BASE + (256 << 20)));
  }
}
