package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** i915-kernel.md 4.2: the context status buffer. */
class ContextStatusTest {
  private final GpuFixture fixture = new GpuFixture();

  private int writeIndex(Engine engine) {
    return fixture.load(
        fixture.statusPage(engine) + 4 * HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD);
  }

  @ParameterizedTest
  @EnumSource(names = "CCS0", mode = EnumSource.Mode.EXCLUDE)
  void entriesAreInMemoryAndInRegistersAndTheTwelfthIsFollowedByTheFirst(Engine engine) {
    var context = fixture.context(engine);
    for (int i = 0; i < 7; i++) {
      fixture.submit(context.emit(0, 0));
      fixture.runMillis(1);
    }
    assertEquals(13 % 12, writeIndex(engine));
    assertEquals(0xb01, fixture.read(engine, RING_CONTEXT_STATUS_PTR));
    long entries = fixture.statusPage(engine) + 4 * HARDWARE_STATUS_PAGE_CONTEXT_STATUS_DWORD;
    for (int i = 0; i < 6; i++) {
      int low = fixture.read(engine, RING_CONTEXT_STATUS_BUF_LO + 8 * i);
      int high = fixture.read(engine, RING_CONTEXT_STATUS_BUF_HI + 8 * i);
      assertEquals(fixture.load(entries + 8 * i), low);
      assertEquals(fixture.load(entries + 8 * i + 4), high);
      int later = fixture.read(engine, RING_CONTEXT_STATUS_BUF_6_LO + 8 * i);
      assertEquals(fixture.load(entries + 8 * (i + 6)), later);
    }
  }

  @Test
  void afterAResetTheFirstEventGoesToEntryZero() {
    assertEquals(0xb0b, fixture.read(Engine.VCS0, RING_CONTEXT_STATUS_PTR));
    fixture.write(Engine.VCS0, RING_CONTEXT_STATUS_PTR, 0xffff_0404);
    fixture.submit(fixture.context(Engine.VCS0).emit(0, 0));
    fixture.runFor(100_000);
    assertEquals(6, writeIndex(Engine.VCS0), "entry 5: it runs; entry 6: it is done");
  }

  @Test
  void anEmptyQueuePreemptsToIdle() {
    var context = fixture.context(Engine.RCS0);
    var spin = context.tables().buffer(1);
    context.store(spin, 0x02800000, 0x18800101, spin.low(), spin.high());
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    for (int i = 0; i < 4; i++) {
      fixture.write(Engine.RCS0, RING_EXECLIST_SQ_CONTENTS_LO + 4 * i, 0);
    }
    fixture.write(Engine.RCS0, RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
    fixture.runMillis(1);
    assertEquals(List.of("00008001 03ff8000", "03ff8001 00008005"), fixture.events(Engine.RCS0));
    assertEquals(RING_MI_MODE_MODE_IDLE, fixture.read(Engine.RCS0, RING_MI_MODE));
  }

  @Test
  void onGraphicsVersion1255IdsAreWiderAndTheDetailIsInTheLowDword() {
    var card = new GpuFixture(Platform.DG2, FaultPlan.none());
    var spinner = card.context(Engine.CCS0);
    var spin = spinner.tables().buffer(1);
    spinner.store(spin, 0x02800000, 0x18800101, spin.low(), spin.high());
    card.submit(spinner.emitBatch(spin));
    card.runMillis(1);
    card.submit(card.context(Engine.CCS0).emit(0, 0));
    card.runMillis(1);
    assertEquals(
        List.of("00000400 03fffc02", "00000805 00000402", "03fffc00 00000800"),
        card.events(Engine.CCS0));
  }

  @Test
  void withoutDisablingLegacyModeAQueueIsNotTaken() {
    fixture.write(Engine.BCS0, RING_MODE, RING_MODE_DISABLE_LEGACY_MODE << 16);
    var context = fixture.context(Engine.BCS0).emit(0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(0, fixture.read(Engine.BCS0, RING_EXECLIST_STATUS_LO) & 0xffff);
    fixture.setUp(Engine.BCS0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.BCS0, RING_HEAD));
  }
}
