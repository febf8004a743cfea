package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests in the very dwords that the kernel emits (i915-kernel.md 4.3, 4.4). */
class KernelRequestTest {
  private final GpuFixture fixture = new GpuFixture();
  private final int seqnoPage = fixture.mapGgtt(seqnoBus(), 1);

  private long seqnoBus() {
    return fixture.statusPage(Engine.RCS0) + 0;
  }

  private TestContext renderRequest(TestContext context, PageTables.Buffer batch, int seqno) {
    int hwsp = seqnoPage + 0x100;
    return context
        .emit(0x7a000204, 0x103070a1, 0x000000d0, 0, 0, 0)
        .emit(0x02800101, 0x7a000004, 0x20344c1c, 0x000000d0, 0, 0, 0)
        .emit(0x11020001, 0x00004208, 1, 0x0e01c003, 0, 0x00004208, 0, 0, 0x02800100)
        .emit(0x10400002, hwsp, 0, seqno - 1, 0, 0x02800000)
        .emit(0x04000001, 0x18800101, batch.low(), batch.high(), 0x04000000, 0)
        .emit(0x7a000204, 0x181430a1, 0, 0, 0, 0)
        .emit(0x7a000004, 0x01104080, hwsp, 0, seqno, 0, 0x01000000, 0x04000001)
        .emit(0x02800000, 0x0e40c003, 0, seqnoPage + 0xc8, 0, 0)
        .emit(0x02800000, 0);
  }

  @Test
  void renderRequestWritesItsBreadcrumbAndInterrupts() {
    var context = fixture.context(Engine.RCS0);
    renderRequest(context, context.batch(0), 2);
    assertEquals(0xe0, context.tail(), "the next request starts at 0xe0");
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(2, fixture.load(seqnoBus() + 0x100));
    assertEquals(List.of("80000101"), fixture.serveInterrupts());
    assertFalse(fixture.gpu.busy());
    assertEquals(0xe0, fixture.read(Engine.RCS0, RING_HEAD));
  }

  @Test
  void flushWritesGoToTheProcessStatusPage() {
    var context = fixture.context(Engine.BCS0);
    context.emit(0x13204002, 0xd0, 0, 0x55aa, 0, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(0x55aa, fixture.load(context.imageBus() + 0xd0));
  }

  @Test
  void copyRequestEndsWithAFlushThatWritesTheSeqno() {
    var context = fixture.context(Engine.BCS0);
    int hwsp = seqnoPage + 0x100;
    context
        .emit(0x02800101, 0x13244002, 0xd0, 0, 0)
        .emit(0x11020001, 0x4248, 1, 0x0e01c003, 0, 0x4248, 0, 0, 0x02800100)
        .emit(0x13000002, 0, 0, 0, 0x13004002, hwsp | 4, 0, 9, 0x01000000, 0x04000001);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(9, fixture.load(seqnoBus() + 0x100));
    assertEquals(List.of("80030101"), fixture.serveInterrupts());
  }

  @Test
  void ringIsFrozenByThePreemptDword() {
    fixture.store(seqnoBus() + 0xc8, 1);
    var context = fixture.context(Engine.RCS0);
    renderRequest(context, context.batch(0), 2);
    fixture.submit(context);
    fixture.runMillis(1);
    assertTrue(fixture.gpu.busy());
    assertEquals(0x0e40c003, fixture.read(Engine.RCS0, RING_IPEHR));
    assertEquals(RING_CTL_WAIT_SEMAPHORE, fixture.read(Engine.RCS0, RING_CTL) & 0xfff & ~1);
    fixture.store(seqnoBus() + 0xc8, 0);
    fixture.runMillis(1);
    assertFalse(fixture.gpu.busy());
  }

  @Test
  void workaroundBatchKeepsTheContextTimeStamp() {
    var context = fixture.context(Engine.RCS0);
    long bus = fixture.allocate(2);
    int batch = fixture.mapGgtt(bus, 2);
    int image = context.image();
    fixture.store(
        bus,
        0x14c80002,
        0x600,
        image + 0x108c,
        0,
        0x150c0001,
        0x600,
        0x3a8,
        0x150c0001,
        0x600,
        0x3a8,
        0x14c80002,
        0x600,
        image + 0x12dc,
        0,
        0x150c0001,
        0x600,
        0x84,
        0x14c80002,
        0x600,
        image + 0x11d4,
        0,
        0x11020001,
        0x4208,
        1,
        0x0e01c003,
        0,
        0x4208,
        0,
        0,
        0x11000001,
        0x20d8,
        0x00400040);
    fixture.store(bus + 4096, 0x05000000);
    context.setState(RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD, 1000);
    context.setState(RENDER_CONTEXT_STATE_RING_INDIRECT_CTX_DWORD, batch | 2);
    context.setState(RENDER_CONTEXT_STATE_RING_BB_PER_CTX_PTR_DWORD, batch + 4096 | 5);
    fixture.submit(context.emit(0, 0));
    fixture.runMillis(1);
    int ticks = context.state(RENDER_CONTEXT_STATE_RING_CTX_TIMESTAMP_DWORD) - 1000;
    assertTrue(ticks > 0 && ticks < 1000, "ticks: " + ticks);
    assertEquals(0x40, fixture.read(0x20d8) & 0x40);
    assertEquals(context.tail(), fixture.read(Engine.RCS0, RING_HEAD));
  }

  @Test
  void firstUseImageIsRestoredWithoutItsStateAndSavedWithAllOfIt() {
    var context = fixture.context(Engine.RCS0);
    context.emit(0x11000001, 0x2600, 0x77, 0);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(0x11081065, context.state(RENDER_CONTEXT_STATE_LOAD_REGISTER_IMMEDIATE_4_DWORD));
    assertEquals(0x77, context.state(RENDER_CONTEXT_STATE_CS_GPR_DWORD));
    assertEquals(0x2600, context.state(RENDER_CONTEXT_STATE_CS_GPR_DWORD - 1));
    int control = context.state(OTHER_CONTEXT_STATE_RING_CONTEXT_CONTROL_DWORD);
    assertEquals(0x8, control & 0xffff, "the next restore is not inhibited");
  }
}
