package dev.systole.gpu;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** i915-kernel.md part 4. */
class ExeclistsTest {
  private static final int STORE_PPGTT = 0x10000002;
  private static final int SPIN_PPGTT = 0x18800101;

  private final GpuFixture fixture = new GpuFixture();

  @ParameterizedTest
  @EnumSource(names = {"RCS0", "BCS0"})
  void contextRunsItsBatchAndTheEngineTellsSo(Engine engine) {
    var context = fixture.context(engine);
    var target = context.tables().buffer(1);
    var batch = context.batch(STORE_PPGTT, target.low(), target.high(), 0x1234);
    fixture.submit(context.emitBatch(batch));
    fixture.runMillis(1);
    assertEquals(0x1234, fixture.load(target.bus()));
    assertEquals(List.of("00008001 03ff8000", "03ff8000 00008000"), fixture.events(engine));
    assertEquals(context.tail(), fixture.read(engine, RING_HEAD));
    assertEquals(context.tail(), context.state(OTHER_CONTEXT_STATE_RING_HEAD_DWORD));
    assertEquals(RING_MI_MODE_MODE_IDLE, fixture.read(engine, RING_MI_MODE));
    assertFalse(fixture.gpu.busy());
    assertEquals(1, fixture.interrupts.size(), "one message until the handler enables again");
  }

  @Test
  void elementOneRunsWhenElementZeroIsComplete() {
    var first = fixture.context(Engine.RCS0).emit(MI_NOOP, MI_NOOP);
    var second = fixture.context(Engine.RCS0).emit(MI_NOOP, MI_NOOP);
    fixture.submit(first, second);
    fixture.runMillis(1);
    assertEquals(
        List.of("00008001 03ff8000", "00010000 00008000", "03ff8000 00010000"),
        fixture.events(Engine.RCS0));
  }

  @Test
  void largerTailOfTheRunningContextIsALiteRestore() {
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    var spin = spinner(context, MI_ARB_CHECK);
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    fixture.submit(context.emitBatch(context.batch(STORE_PPGTT, target.low(), target.high(), 7)));
    assertEquals(List.of("00008001 03ff8000", "00008001 00008005"), fixture.events(Engine.RCS0));
    fixture.store(spin.bus(), MI_BATCH_BUFFER_END);
    fixture.runMillis(1);
    assertEquals(7, fixture.load(target.bus()), "the spinner ended when its memory was written");
  }

  @Test
  void liteRestoreWaitsForAnArbitrationPointWhenThePlatformSaysSo() {
    var patient = new GpuFixture(Platform.TGL.withLiteRestoreAtOnce(false), FaultPlan.none());
    var context = patient.context(Engine.RCS0);
    var spin = spinner(context, MI_NOOP, MI_ARB_ON_OFF);
    patient.submit(context.emitBatch(spin));
    patient.runMillis(1);
    patient.submit(context.emit(MI_NOOP, MI_NOOP));
    patient.runMillis(1);
    assertEquals(1, patient.events(Engine.RCS0).size());
    patient.store(spin.bus() + 4, MI_ARB_ON_OFF | 1);
    patient.runMillis(1);
    assertEquals("00008001 00008005", patient.events(Engine.RCS0).get(1));
  }

  @Test
  void newQueuePreemptsASpinnerWithArbitrationPointsAndItResumes() {
    var victim = fixture.context(Engine.RCS0);
    var spin = spinner(victim, MI_ARB_CHECK);
    fixture.submit(victim.emitBatch(spin));
    fixture.runMillis(1);
    var urgent = fixture.context(Engine.RCS0).emit(MI_NOOP, MI_NOOP);
    fixture.submit(urgent, victim);
    fixture.runMillis(1);
    assertEquals(
        List.of("00008001 03ff8000", "00010001 00008005", "00008000 00010000"),
        fixture.events(Engine.RCS0));
    assertEquals(spin.low() | RING_BBADDR_VALID, fixture.read(Engine.RCS0, RING_BBADDR));
    fixture.store(spin.bus(), MI_BATCH_BUFFER_END);
    fixture.runMillis(1);
    assertFalse(fixture.gpu.busy());
  }

  @Test
  void tailThatMovedBeforeAPreemptionIsNotLost() {
    var victim = fixture.context(Engine.RCS0);
    var target = victim.tables().buffer(1);
    var spin = spinner(victim, MI_ARB_CHECK);
    fixture.submit(victim.emitBatch(spin));
    fixture.runMillis(1);
    victim.emitBatch(victim.batch(STORE_PPGTT, target.low(), target.high(), 7));
    fixture.submit(fixture.context(Engine.RCS0).emit(MI_NOOP, MI_NOOP), victim);
    fixture.store(spin.bus() + 4, MI_BATCH_BUFFER_END);
    fixture.runMillis(1);
    assertEquals(7, fixture.load(target.bus()));
  }

  @Test
  void spinnerWithoutArbitrationPointsIsNotPreemptedAndCostsNothing() {
    var hog = fixture.context(Engine.RCS0);
    var spin = spinner(hog, MI_ARB_ON_OFF);
    fixture.submit(hog.emitBatch(spin));
    fixture.runMillis(1);
    fixture.submit(fixture.context(Engine.RCS0).emit(MI_NOOP, MI_NOOP), hog);
    fixture.runMillis(1);
    assertEquals(1, fixture.events(Engine.RCS0).size());
    assertTrue(fixture.gpu.busy());
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
    fixture.runMillis(16_000);
    assertEquals(SPIN_PPGTT, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(hog.image() | 0x11d, fixture.read(Engine.RCS0, CCID));
    assertEquals((int) spin.address(), fixture.read(Engine.RCS0, RING_ACTHD));
    assertEquals(0, fixture.read(Engine.RCS0, RING_MI_MODE));
    assertEquals(~INSTDONE_1_CS_DONE, fixture.read(Engine.RCS0, RING_INSTDONE));
  }

  private static PageTables.Buffer spinner(TestContext context, int... body) {
    var buffer = context.tables().buffer(1);
    int[] commands = Arrays.copyOf(body, body.length + 3);
    commands[body.length] = SPIN_PPGTT;
    commands[body.length + 1] = buffer.low();
    commands[body.length + 2] = buffer.high();
    context.store(buffer, commands);
    return buffer;
  }
}
