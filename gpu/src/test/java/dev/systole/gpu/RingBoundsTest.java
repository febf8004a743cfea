package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rings with impossible pointers, and contexts that are nowhere (docs/gpu.md). */
class RingBoundsTest {
  private static final int STORE_GGTT = 0x10400002;
  private static final int RING_BYTES = 4 * 4096;

  private final GpuFixture fixture = new GpuFixture();
  private final long bus = fixture.allocate(1);
  private final int target = fixture.mapGgtt(bus, 1);

  private TestContext marking(Engine engine) {
    return fixture.context(engine).emit(STORE_GGTT, target, 0, 1);
  }

  private void run(TestContext context) {
    fixture.submit(context);
    fixture.runMillis(100);
  }

  @Test
  void headBehindTheEndOfTheRingIsWrappedBeforeAnythingIsFetched() {
    var context = marking(Engine.RCS0);
    context.setState(OTHER_CONTEXT_STATE_RING_HEAD_DWORD, RING_BYTES);
    run(context);
    assertEquals(1, fixture.load(bus));
    assertFalse(fixture.gpu.busy());
    int wraps = fixture.read(Engine.RCS0, RING_HEAD) >>> RING_HEAD_WRAP_COUNT_SHIFT;
    assertEquals(1, wraps);
  }

  @ParameterizedTest
  @EnumSource(names = "CCS0", mode = EnumSource.Mode.EXCLUDE)
  void tailOutsideOfTheRingIsNeverReached(Engine engine) {
    var context = marking(engine);
    context.setState(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, RING_BYTES + 8);
    run(context);
    assertEquals(1, fixture.load(bus));
    assertTrue(fixture.gpu.busy(), "round and round, at no cost");
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
  }

  @Test
  void ringThatIsNotValidIsEmpty() {
    var context = marking(Engine.VCS0);
    context.setState(OTHER_CONTEXT_STATE_RING_CTL_DWORD, RING_BYTES - 4096);
    run(context);
    assertEquals(0, fixture.load(bus));
    assertFalse(fixture.gpu.busy());
    assertEquals("03ff8000 00008000", fixture.events(Engine.VCS0).getLast());
  }

  @Test
  void startIsAlignedToAPage() {
    var context = marking(Engine.BCS0);
    int start = context.state(OTHER_CONTEXT_STATE_RING_START_DWORD);
    context.setState(OTHER_CONTEXT_STATE_RING_START_DWORD, start | 0xabc);
    run(context);
    assertEquals(1, fixture.load(bus));
    assertEquals(start, fixture.read(Engine.BCS0, RING_START));
  }

  @Test
  void tailIsAlignedToAQword() {
    var context = marking(Engine.VECS0);
    context.setState(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, 0x17);
    run(context);
    assertEquals(1, fixture.load(bus));
    assertEquals(0x10, fixture.read(Engine.VECS0, RING_TAIL));
    assertFalse(fixture.gpu.busy());
  }

  @Test
  void commandThatReachesBeyondTailGoesRoundOnceMore() {
    var context = marking(Engine.RCS0);
    context.setState(OTHER_CONTEXT_STATE_RING_TAIL_DWORD, 8);
    run(context);
    assertEquals(1, fixture.load(bus));
    assertTrue(fixture.gpu.busy());
  }

  @Test
  void ringThatIsNowhereIsACatastropheOnceSomethingIsFetched() {
    var context = marking(Engine.RCS0);
    context.setState(OTHER_CONTEXT_STATE_RING_START_DWORD, 0x7000_0000);
    run(context);
    assertEquals(RING_EIR_PAGE_TABLE_ERROR, fixture.read(Engine.RCS0, RING_ESR));
    int control = fixture.read(Engine.RCS0, RING_RESET_CTL);
    assertEquals(RING_RESET_CTL_CATASTROPHIC_ERROR, control);
    context.setState(OTHER_CONTEXT_STATE_RING_START_DWORD, 0x7000_0000);
    var empty = fixture.context(Engine.BCS0);
    empty.setState(OTHER_CONTEXT_STATE_RING_START_DWORD, 0x7000_0000);
    run(empty);
    assertEquals(0, fixture.read(Engine.BCS0, RING_ESR), "an empty ring is not fetched");
  }

  @Test
  void pointersOfARunningContextMayBeWrittenToAnything() {
    var context = fixture.context(Engine.RCS0);
    var spin = context.tables().buffer(1);
    context.store(spin, 0x02800000, 0x18800101, spin.low(), spin.high());
    fixture.submit(context.emitBatch(spin));
    fixture.runMillis(1);
    for (int register : new int[] {RING_HEAD, RING_TAIL, RING_START, RING_CTL}) {
      fixture.write(Engine.RCS0, register, -1);
      fixture.runMillis(10);
    }
    assertTrue(fixture.gpu.nextEventNanos() > fixture.clock.nowNanos());
  }

  @Test
  void emptyElementEndsTheQueue() {
    long second = fixture.context(Engine.RCS0).emit(0, 0).descriptor();
    fixture.write(Engine.RCS0, RING_EXECLIST_SQ_CONTENTS_LO + 8, (int) second);
    fixture.write(Engine.RCS0, RING_EXECLIST_SQ_CONTENTS_HI + 8, (int) (second >>> 32));
    fixture.write(Engine.RCS0, RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
    fixture.runMillis(1);
    assertEquals("03ff8001 03ff8000", fixture.events(Engine.RCS0).getLast());
    assertFalse(fixture.gpu.busy());
  }
}
