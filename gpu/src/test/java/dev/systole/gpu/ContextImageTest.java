package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** i915-kernel.md 4.3: what a context switch saves, where, and what it loads again. */
class ContextImageTest {
  private static final int LRI_BASE_ADDED = 0x11080001;

  private final GpuFixture fixture = new GpuFixture();

  @ParameterizedTest
  @EnumSource(names = {"BCS0", "VCS0", "VCS1", "VECS0"})
  void otherClassesSaveTheRingThePageTablesAndTheirState(Engine engine) {
    var context = fixture.context(engine);
    context.setState(0x34, 0x05000001);
    fixture.submit(context.emit(LRI_BASE_ADDED, 0x600, 0x77, 0));
    fixture.runMillis(1);
    assertEquals(0x11081019, context.state(0x01));
    assertEquals(engine.mmioBase() + 0x244, context.state(0x02));
    assertEquals(engine.mmioBase() + 0x34, context.state(0x04));
    assertEquals(context.tail(), context.state(OTHER_CONTEXT_STATE_RING_HEAD_DWORD));
    assertEquals(0x11081011, context.state(0x21));
    assertEquals(engine.mmioBase() + 0x270, context.state(0x32));
    assertEquals(
        (int) context.tables().root(), context.state(OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD));
    assertEquals(0, context.state(0x34), "the end of a first image is written over");
    assertEquals(engine.mmioBase() + 0x9c, context.state(0x60), "i915: lrc_ring_mi_mode");
    assertEquals(engine.mmioBase() + 0x158, context.state(0x70), "i915: lrc_ring_bb_offset");
    assertEquals(0x77, context.state(0x75), "i915: lrc_ring_gpr0");
  }

  @ParameterizedTest
  @CsvSource({
    "RCS0, 600",
    "BCS0, 67c",
    "VCS0, 640",
    "VECS0, 604", // general purpose
    "RCS0, 400",
    "BCS0, 418",
    "VCS1, 3bc",
    "VECS0, 3b8", // predicates
    "RCS0, 290",
    "RCS0, 354",
    "RCS0, 440",
    "RCS0, 504",
    "RCS0, 698" // statistics, parameters
  })
  void everyContextHasItsOwn(Engine engine, String register) {
    int offset = Integer.parseInt(register, 16);
    var first = fixture.context(engine).emit(LRI_BASE_ADDED, offset, 0x11, 0);
    var second = fixture.context(engine).emit(LRI_BASE_ADDED, offset, 0x22, 0);
    fixture.submit(first, second);
    fixture.runMillis(1);
    assertEquals(0x22, fixture.read(engine, offset));
    fixture.submit(first.emit(0, 0));
    fixture.runMillis(1);
    assertEquals(0x11, fixture.read(engine, offset));
  }

  @Test
  void howFinelyAContextIsPreemptedIsItsOwn() {
    var fine = fixture.context(Engine.RCS0).emit(LRI_BASE_ADDED, CS_CHICKEN1, 0x0007_0001, 0);
    var coarse = fixture.context(Engine.RCS0).emit(LRI_BASE_ADDED, CS_CHICKEN1, 0x0007_0004, 0);
    fixture.submit(fine, coarse);
    fixture.runMillis(1);
    assertEquals(4, fixture.read(Engine.RCS0, CS_CHICKEN1));
    fixture.submit(fine.emit(0, 0));
    fixture.runMillis(1);
    assertEquals(1, fixture.read(Engine.RCS0, CS_CHICKEN1));
  }

  @ParameterizedTest
  @CsvSource({"RCS0, true", "CCS0, true", "BCS0, false", "VECS0, false"})
  void onGraphicsVersion1255TwoMoreRegistersFollowTheRing(Engine engine, boolean render) {
    var card = new GpuFixture(Platform.DG2, FaultPlan.none());
    var context = card.context(engine);
    context.setState(0x44, 0x05000001);
    card.submit(context.emit(LRI_BASE_ADDED, 0x600, 0x77, 0));
    card.runMillis(1);
    assertEquals(0x1108101d, context.state(0x01));
    assertEquals(engine.mmioBase() + 0x120, context.state(0x1c));
    assertEquals(engine.mmioBase() + 0x124, context.state(0x1e));
    assertEquals(0x11081011, context.state(0x21));
    if (render) assertEquals(0x11081005, context.state(0x34));
    assertEquals(0, context.state(0x44), "the end of a first image is written over");
    assertEquals(engine.mmioBase() + 0x9c, context.state(0x70));
    assertEquals(engine.mmioBase() + 0x158, context.state(0x80));
    assertEquals(engine.mmioBase() + 0x600, context.state(0x84));
    assertEquals(0x77, context.state(0x85));
    assertEquals(engine.mmioBase() + 0x84, context.state(0xc6));
  }

  /** With the base added the offset's bits count that span the block, 13 to 0 on media engines. */
  @Test
  void registersOfAMediaImageMayLieBehindTheFirstPage() {
    var context = fixture.context(Engine.VCS0);
    context.setState(0x02, 0x1d2914);
    context.setState(0x03, 0x5a);
    fixture.submit(context.emit(0, 0));
    fixture.runMillis(1);
    assertEquals(0x5a, fixture.read(0x1c2914));
  }

  @Test
  void contextTimeStampsCountTheTimeOnTheEngineAlone() {
    var context = fixture.context(Engine.VECS0);
    context.setState(OTHER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD, 500);
    fixture.submit(context.emit(0x0e40c003, 0, semaphore(), 0, 0, 0));
    fixture.store(semaphoreBus(), 1);
    fixture.runMillis(2);
    fixture.store(semaphoreBus(), 0);
    fixture.runMillis(10);
    int ticks = context.state(OTHER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD) - 500;
    assertTrue(ticks > 38_000 && ticks < 40_000, "2 ms at 19.2 MHz: " + ticks);
    fixture.submit(context.emit(0, 0));
    fixture.runMillis(1);
    int more = context.state(OTHER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD) - 500 - ticks;
    assertTrue(more >= 0 && more < 1_000, "little more: " + more);
  }

  private long semaphoreBus() {
    return fixture.statusPage(Engine.RCS0) + 0x200;
  }

  private int semaphore() {
    return fixture.read(Engine.RCS0, RING_HWS_PGA) + 0x200;
  }

  @Test
  void forceRestoreLoadsTheRunningContextFromItsImage() {
    var context = fixture.context(Engine.RCS0);
    var spin = context.tables().buffer(1);
    context.store(spin, 0x02800000, 0x18800101, spin.low(), spin.high());
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    fixture.submit(context.forceRestore());
    fixture.runMillis(1);
    var events = fixture.events(Engine.RCS0);
    assertEquals("00008001 00008005", events.getLast());
    int ticks = context.state(RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD);
    assertTrue(ticks > 10_000, "the image was written, then read: " + ticks);
  }

  @Test
  void liteRestoreLoadsThePageTablesOnlyWhenItIsForcedTo() {
    var context = fixture.context(Engine.RCS0);
    var other = fixture.pageTables();
    var spin = context.tables().buffer(1);
    context.store(spin, 0x02800000, 0x18800101, spin.low(), spin.high());
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    context.setState(OTHER_CONTEXT_STATE_RING_PDP0_LDW_DWORD, (int) other.root());
    fixture.submit(context.emit(0, 0));
    assertEquals((int) context.tables().root(), fixture.read(Engine.RCS0, RING_PDP_LDW));
    fixture.submit(context.forcePageTables());
    assertEquals((int) other.root(), fixture.read(Engine.RCS0, RING_PDP_LDW));
  }

  @Test
  void saveInhibitLeavesTheStateBehindTheRingAlone() {
    var context = fixture.context(Engine.RCS0);
    context.setState(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD, 0x000d000d);
    fixture.submit(context.emit(LRI_BASE_ADDED, 0x600, 0x77, 0));
    fixture.runMillis(1);
    assertEquals(context.tail(), context.state(OTHER_CONTEXT_STATE_RING_HEAD_DWORD));
    assertEquals(0, context.state(RENDER_CONTEXT_STATE_CS_GPR_DWORD));
  }
}
