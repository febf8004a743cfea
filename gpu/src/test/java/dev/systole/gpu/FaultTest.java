package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DESIGN part 6: faults of the hardware. */
class FaultTest {
  private static PageTables.Buffer batchOfMarks(TestContext context, PageTables.Buffer target) {
    return context.batch(Marks.of(target));
  }

  @Test
  void loopOverwritesTheFirstCommandOfTheThirdBatch() {
    var fixture = GpuFixture.withFaults("loop@rcs0:request=3");
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    for (int i = 0; i < 2; i++) context.emitBatch(context.batch(0));
    var third = batchOfMarks(context, target);
    fixture.submit(context.emitBatch(third));
    fixture.runMillis(10);
    assertEquals(
        List.of("loop@rcs0:request=3 rcs0 batch 3 at " + Long.toHexString(third.address())),
        fixture.faults);
    assertEquals(0, Marks.seen(fixture, target));
    assertEquals(0x04000000, fixture.load(third.bus()));
    assertEquals(0x18800101, fixture.load(third.bus() + 4));
    assertEquals(third.low() + 4, fixture.load(third.bus() + 8));
    assertEquals(third.low() + 4, fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(0x18800101, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
  }

  @Test
  void stopStopsAtTheFourthCommandOfTheBatchForEver() {
    var fixture = GpuFixture.withFaults("stop@bcs0:request=1,command=4");
    var context = fixture.context(Engine.BCS0);
    var target = context.tables().buffer(1);
    var batch = batchOfMarks(context, target);
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(10);
    assertEquals(3, Marks.seen(fixture, target));
    assertEquals(batch.low() + 48, fixture.read(Engine.BCS0, RING_ACTHD));
    fixture.write(Engine.BCS0, RING_MI_MODE, 0x01000100);
    fixture.runMillis(1);
    assertEquals(RING_MI_MODE_STOP_RING, fixture.read(Engine.BCS0, RING_MI_MODE));
    fixture.submit(fixture.context(Engine.BCS0).emit(0, 0));
    fixture.runMillis(1);
    assertEquals(1, fixture.events(Engine.BCS0).size(), "not preemptible");
  }

  @Test
  void commandsWithoutARequestAreCountedOverAllBatches() {
    var fixture = GpuFixture.withFaults("stop:command=15");
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    context.emitBatch(batchOfMarks(context, context.tables().buffer(1)));
    fixture.submit(context.emitBatch(batchOfMarks(context, target)));
    fixture.runMillis(1);
    assertEquals(
        3, Marks.seen(fixture, target), "10 marks and the end of the first batch come before");
  }

  @Test
  void batchThatIsResumedIsNotCountedAgain() {
    var fixture = GpuFixture.withFaults("stop@rcs0:request=2,command=3");
    var victim = fixture.context(Engine.RCS0);
    var spinner = victim.tables().buffer(1);
    victim.store(spinner, 0x02800000, 0x18800101, spinner.low(), spinner.high());
    fixture.submit(victim.emitBatch(spinner));
    fixture.runMillis(1);
    var urgent = fixture.context(Engine.RCS0).emit(0, 0);
    fixture.submit(urgent, victim);
    fixture.runMillis(1);
    fixture.store(spinner.bus(), 0x05000000);
    fixture.runMillis(1);
    var target = victim.tables().buffer(1);
    var second = batchOfMarks(victim, target);
    fixture.submit(victim.emitBatch(second));
    fixture.runMillis(1);
    assertEquals(2, Marks.seen(fixture, target));
    assertEquals(1, fixture.faults.size());
  }

  @Test
  void timeHitsTheBatchThatRunsThen() {
    var fixture = GpuFixture.withFaults("loop@rcs0:time=20ms");
    var context = fixture.context(Engine.RCS0);
    var spinner = context.tables().buffer(1);
    context.store(spinner, 0x02800000, 0x18800101, spinner.low(), spinner.high());
    fixture.submit(context.emitBatch(spinner));
    fixture.runMillis(15);
    assertEquals(0x02800000, fixture.load(spinner.bus()));
    fixture.runMillis(10);
    assertEquals(1, fixture.faults.size());
    assertEquals(0x04000000, fixture.load(spinner.bus()));
  }

  @Test
  void hungEngineIsResetAndWorksAgain() {
    var fixture = GpuFixture.withFaults("loop@rcs0");
    var context = fixture.context(Engine.RCS0);
    fixture.submit(context.emitBatch(context.batch(0)));
    fixture.runMillis(1);
    fixture.write(Engine.RCS0, RING_MI_MODE, 0x01000100);
    assertEquals(0x300, fixture.read(Engine.RCS0, RING_MI_MODE));
    fixture.write(Engine.RCS0, RING_RESET_CTL, 0x00010001);
    fixture.runFor(10_000);
    assertEquals(3, fixture.read(Engine.RCS0, RING_RESET_CTL));
    fixture.write(GDRST, GDRST_RENDER);
    assertEquals(GDRST_RENDER, fixture.read(GDRST));
    fixture.runMillis(1);
    assertEquals(0, fixture.read(GDRST));
    fixture.write(Engine.RCS0, RING_RESET_CTL, 0x00010000);
    assertEquals(0, fixture.read(Engine.RCS0, RING_RESET_CTL));
    assertEquals(0, fixture.read(Engine.RCS0, RING_EXECLIST_STATUS_HI));
    fixture.setUp(Engine.RCS0);
    var other = fixture.context(Engine.RCS0);
    var target = other.tables().buffer(1);
    fixture.submit(other.emitBatch(batchOfMarks(other, target)));
    fixture.runMillis(1);
    assertEquals(10, Marks.seen(fixture, target));
  }

  @Test
  void unknownCommandIsAnErrorOfTheCommandStreamer() {
    var fixture = new GpuFixture();
    var context = fixture.context(Engine.RCS0);
    var batch = context.batch(0, 0xdeadbeef, 0);
    fixture.submit(context.emitBatch(batch));
    fixture.serveInterrupts();
    fixture.runMillis(1);
    assertEquals(List.of("80000108"), fixture.serveInterrupts());
    assertEquals(0xdeadbeef, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(batch.low() + 4, fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(1, fixture.read(Engine.RCS0, RING_ESR));
    assertEquals(1, fixture.read(Engine.RCS0, RING_EIR));
    assertTrue(fixture.gpu.busy());
  }
}
