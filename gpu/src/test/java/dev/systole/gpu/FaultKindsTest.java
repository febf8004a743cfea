package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.pci.DmaFault;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each fault of DESIGN part 6 does to the hardware. */
class FaultKindsTest {
  private static final int NOOP = 0;
  private static final int MARK = 0x10000002;
  private static final int ARB_CHECK = 0x02800000;
  private static final int BATCH_START = 0x18800101;

  private static PageTables.Buffer spinner(TestContext context) {
    var spinner = context.tables().buffer(1);
    context.store(spinner, ARB_CHECK, BATCH_START, spinner.low(), spinner.high());
    return spinner;
  }

  // ---- commands

  @Test
  void spinCanBePreempted() {
    var fixture = GpuFixture.withFaults("spin@rcs0:request=1");
    var context = fixture.context(Engine.RCS0);
    var batch = context.batch(Marks.of(context.tables().buffer(1)));
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(ARB_CHECK, fixture.load(batch.bus()));
    assertEquals(BATCH_START, fixture.load(batch.bus() + 4));
    assertEquals(batch.low(), fixture.load(batch.bus() + 8));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos(), "without events");
    fixture.submit(fixture.context(Engine.RCS0).emit(NOOP, NOOP));
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI), "the other one ran");
  }

  @Test
  void noPreemptIgnoresArbitrationUntilTheEngineIsReset() {
    var fixture = GpuFixture.withFaults("no-preempt@rcs0:request=1");
    var context = fixture.context(Engine.RCS0);
    fixture.submit(context.emitBatch(spinner(context)));
    fixture.runMillis(1);
    int running = fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI);
    fixture.submit(fixture.context(Engine.RCS0).emit(NOOP, NOOP));
    fixture.runMillis(10);
    assertEquals(running, fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI));
    fixture.write(GDRST, GDRST_RENDER);
    fixture.runMillis(1);
    fixture.setUp(Engine.RCS0);
    var second = fixture.context(Engine.RCS0);
    fixture.submit(second.emitBatch(spinner(second)));
    fixture.runMillis(1);
    fixture.submit(fixture.context(Engine.RCS0).emit(NOOP, NOOP));
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI), "preempted");
  }

  @Test
  void badOpcodeEndsParsingWithAnError() {
    var fixture = GpuFixture.withFaults("bad-opcode@rcs0:request=1,command=3");
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    var batch = context.batch(Marks.of(target));
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(2, Marks.seen(fixture, target));
    assertEquals(MARK | 0xe0000000, fixture.load(batch.bus() + 32));
    assertEquals(MARK | 0xe0000000, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(Engine.RCS0, RING_EIR));
  }

  @Test
  void eccFlipsABitOfTheCommandOrOfMemory() {
    var fixture = GpuFixture.withFaults("ecc@rcs0:request=1,command=3,bit=29");
    var context = fixture.context(Engine.RCS0);
    var batch = context.batch(Marks.of(context.tables().buffer(1)));
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(MARK ^ 1 << 29, fixture.load(batch.bus() + 32));
    var probe = new GpuFixture();
    long address = probe.context(Engine.RCS0).tables().buffer(1).address();
    var other = GpuFixture.withFaults("ecc@rcs0:bit=4,address=0x" + Long.toHexString(address));
    var owner = other.context(Engine.RCS0);
    var hit = owner.tables().buffer(1);
    other.submit(owner.emitBatch(owner.batch(NOOP)));
    other.runMillis(1);
    assertEquals(0x10, other.load(hit.bus()));
  }

  @Test
  void pageOfTheCommandBecomesNotPresent() {
    var fixture = GpuFixture.withFaults("pagefault@rcs0:request=2");
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    var second = context.batch(Marks.of(target));
    fixture.submit(context.emitBatch(context.batch(NOOP)).emitBatch(second));
    fixture.runMillis(1);
    assertEquals(0, Marks.seen(fixture, target));
    assertEquals(FAULT_REG_VALID, fixture.read(FAULT_REG) & FAULT_REG_VALID);
    assertEquals((int) (second.address() >>> 12), fixture.read(FAULT_TLB_DATA0));
    assertEquals(RING_EIR_PAGE_TABLE_ERROR, fixture.read(Engine.RCS0, RING_ESR));
  }

  @Test
  void dmaThatLeavesItsDomainReadsOnes() {
    var fixture = GpuFixture.withFaults("iommu@bcs0:request=1");
    var context = fixture.context(Engine.BCS0);
    var target = context.tables().buffer(1);
    fixture.submit(context.emitBatch(context.batch(Marks.of(target))));
    fixture.runMillis(1);
    assertEquals(0, Marks.seen(fixture, target));
    assertEquals(-1, fixture.read(Engine.BCS0, RING_IPEHR));
  }

  @Test
  void dmaThatLeavesItsDomainIsReportedByTheIommu() {
    var fixture = GpuFixture.withFaults("iommu@bcs0:request=1");
    new Domain(fixture, 0x10).attach();
    var context = fixture.context(Engine.BCS0);
    fixture.submit(context.emitBatch(context.batch(NOOP)));
    fixture.runMillis(1);
    DmaFault fault = DmaFault.read(fixture.gpu).orElseThrow();
    assertEquals(0x3ffffffff000L, fault.address());
    assertTrue(fault.read());
  }

  @Test
  void slowEngineTakesTheFactorOfTheTime() {
    long usual = nanosOfWork(new GpuFixture());
    long slow = nanosOfWork(GpuFixture.withFaults("slow@rcs0:factor=50"));
    assertTrue(slow > 45 * usual && slow < 51 * usual, usual + " ns and " + slow + " ns");
  }

  private static long nanosOfWork(GpuFixture fixture) {
    var context = fixture.context(Engine.RCS0);
    int[] work = new int[700];
    for (int i = 0; i < work.length; i += 7) {
      work[i] = 0x7b000005;
      work[i + 1] = 4;
      work[i + 2] = 10_000;
      work[i + 4] = 1;
    }
    fixture.submit(context.emitBatch(context.batch(work)));
    long start = fixture.clock.nowNanos();
    while (fixture.gpu.busy()) fixture.runFor(1_000);
    return fixture.clock.nowNanos() - start;
  }

  // ---- deeds

  @Test
  void lostSignalLeavesAYieldingWait() {
    var fixture = GpuFixture.withFaults("semaphore@rcs0");
    var context = fixture.context(Engine.RCS0);
    var semaphore = context.tables().buffer(1);
    var mark = context.tables().buffer(1);
    int[] wait = {0x0e00c002, 1, semaphore.low(), semaphore.high()};
    var batch = context.batch(join(wait, Marks.of(mark)));
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    fixture.store(semaphore.bus(), 1);
    fixture.runMillis(1);
    assertEquals(0, Marks.seen(fixture, mark));
    assertEquals(1, fixture.faults.size());
    fixture.submit(fixture.context(Engine.RCS0).emit(NOOP, NOOP), context);
    fixture.runMillis(1);
    assertEquals(0, Marks.seen(fixture, mark), "it waits on");
    assertEquals(1, fixture.faults.size(), "the other one got through");
    assertNotEquals(0, fixture.read(Engine.RCS0, RING_CTL) & RING_CTL_WAIT_SEMAPHORE);
  }

  private static int[] join(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void lostInterruptDoesNotArriveAndTheNextDoes() {
    var fixture = GpuFixture.withFaults("lost-irq@rcs0:nth=1");
    var context = fixture.context(Engine.RCS0);
    fixture.submit(context.emit(NOOP, NOOP));
    fixture.runFor(10_000);
    assertEquals(List.of(), fixture.interrupts);
    fixture.runMillis(1);
    assertEquals(1, fixture.interrupts.size(), "idle");
  }

  @Test
  void lateInterruptArrivesAfterItsDelay() {
    var fixture = GpuFixture.withFaults("late-irq@rcs0:delay=5ms,times=all");
    fixture.submit(fixture.context(Engine.RCS0).emit(NOOP, NOOP));
    fixture.runMillis(4);
    assertEquals(List.of(), fixture.interrupts);
    fixture.runMillis(2);
    assertEquals(List.of("80000100"), fixture.serveInterrupts());
  }

  @Test
  void spuriousInterruptHasNoCause() {
    var fixture = GpuFixture.withFaults("spurious-irq:time=2ms", "spurious-irq@bcs0:time=3ms");
    fixture.runFor(2_500_000 - fixture.clock.nowNanos());
    assertEquals(List.of(2_000_000L), fixture.interrupts);
    assertEquals(List.of(), fixture.serveInterrupts());
    fixture.runMillis(1);
    assertEquals(List.of("80030001"), fixture.serveInterrupts());
  }

  @Test
  void lostSeqnoIsNotInMemory() {
    var fixture = GpuFixture.withFaults("lost-seqno@bcs0:nth=2");
    var context = fixture.context(Engine.BCS0);
    int address = fixture.mapGgtt(fixture.allocate(1), 1);
    for (int i = 0; i < 3; i++) {
      context.emit(0x13004002, address + 8 * i | 4, 0, i + 1);
    }
    fixture.submit(context);
    fixture.runMillis(1);
    long bus = fixture.gpu.readRegister64(0x800000 + (address >>> 12) * 8) & ~0xfffL;
    assertEquals(1, fixture.load(bus));
    assertEquals(0, fixture.load(bus + 8));
    assertEquals(3, fixture.load(bus + 16));
  }

  @Test
  void corruptedContextIsAnErrorWhenItIsRestored() {
    var fixture = GpuFixture.withFaults("bad-context@rcs0");
    var context = fixture.context(Engine.RCS0);
    fixture.submit(context.emit(NOOP, NOOP));
    fixture.runMillis(1);
    fixture.submit(context.emit(NOOP, NOOP));
    fixture.runMillis(1);
    assertEquals(RING_EIR_INSTRUCTION_ERROR, fixture.read(Engine.RCS0, RING_EIR));
    assertEquals(-1, fixture.read(Engine.RCS0, RING_IPEHR));
  }

  @Test
  void resetIsNeverReadyOrNeverDone() {
    var fixture = GpuFixture.withFaults("reset-not-ready@rcs0", "reset-stuck:times=1");
    for (int i = 0; i < 3; i++) {
      fixture.write(Engine.RCS0, RING_RESET_CTL, 0x00010001);
      fixture.runMillis(1);
      assertEquals(1, fixture.read(Engine.RCS0, RING_RESET_CTL));
      fixture.write(Engine.RCS0, RING_RESET_CTL, 0x00010000);
    }
    fixture.write(Engine.BCS0, RING_RESET_CTL, 0x00010001);
    fixture.runMillis(1);
    assertEquals(3, fixture.read(Engine.BCS0, RING_RESET_CTL));
    fixture.write(GDRST, GDRST_BLITTER);
    fixture.runMillis(10);
    assertEquals(GDRST_BLITTER, fixture.read(GDRST));
    fixture.write(GDRST, GDRST_FULL);
    fixture.runMillis(1);
    assertEquals(GDRST_BLITTER, fixture.read(GDRST), "one reset was lost");
  }

  @Test
  void lostAcknowledgeOfAWellIsHealedByTheFallback() {
    var fixture = GpuFixture.withFaults("forcewake@render:nth=2");
    fixture.write(FORCEWAKE_RENDER, 0x10000);
    fixture.runFor(10_000);
    fixture.write(FORCEWAKE_RENDER, 0x10001);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(FORCEWAKE_ACK_RENDER));
    fixture.write(FORCEWAKE_RENDER, 0x80008000);
    fixture.runFor(10_000);
    assertEquals(0x8001, fixture.read(FORCEWAKE_ACK_RENDER));
  }

  // ---- the bus

  @Test
  void offTheBusEverythingReadsOnesAndNothingHappens() {
    var fixture = GpuFixture.withFaults("bus-gone:register=rcs0.RING_TIMESTAMP,nth=3");
    var context = fixture.context(Engine.RCS0);
    fixture.submit(context.emitBatch(spinner(context)));
    assertNotEquals(-1, fixture.read(Engine.RCS0, RING_TIMESTAMP));
    assertNotEquals(-1, fixture.read(Engine.RCS0, RING_TIMESTAMP));
    assertEquals(-1, fixture.read(Engine.RCS0, RING_TIMESTAMP));
    assertEquals(-1, fixture.read(GFX_MSTR_IRQ));
    assertEquals(-1, fixture.gpu.readConfig(0, 4));
    assertEquals(-1L, fixture.gpu.readRegister64(0x800000));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
    fixture.gpu.writeConfig(0xd4, 2, 3);
    assertEquals(false, fixture.gpu.busy());
  }

  @Test
  void busGoneAtATimeTakesNothingWithIt() {
    var fixture = GpuFixture.withFaults("bus-gone:time=2ms");
    fixture.store(0x5000, 7);
    fixture.runMillis(5);
    assertEquals(-1, fixture.read(GFX_MSTR_IRQ));
    assertEquals(7, fixture.load(0x5000), "system memory is the CPU's");
  }
}
