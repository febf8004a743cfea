package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;

/** How rings and batches lead from one to the other (gen12-commands.md 1.6). */
class BatchesTest {
  private final GpuFixture fixture = new GpuFixture();
  private final TestContext context = fixture.context(Engine.RCS0);
  private final Buffer data = context.tables().buffer(1);

  private void run(int... commands) {
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
  }

  private int at(int offset) {
    return fixture.load(data.bus() + offset);
  }

  @Test
  void secondLevelBatchReturnsBehindItsStart() {
    var second = context.batch(0x10000002, data.low(), data.high(), 1);
    run(0x18c00101, second.low(), second.high(), 0x10000002, data.low() + 4, data.high(), 2);
    assertEquals(1, at(0));
    assertEquals(2, at(4));
  }

  @Test
  void chainedBatchDoesNotReturn() {
    var chained = context.batch(0x10000002, data.low(), data.high(), 1);
    run(0x18800101, chained.low(), chained.high(), 0x10000002, data.low() + 4, data.high(), 2);
    assertEquals(1, at(0));
    assertEquals(0, at(4));
    assertEquals(context.tail(), fixture.read(Engine.RCS0, RING_HEAD));
  }

  @Test
  void thirdLevelNeedsNestedBatchBuffers() {
    fixture.write(Engine.RCS0, RING_MI_MODE, 0x10001000);
    var third = context.batch(0x10000002, data.low(), data.high(), 1);
    var second =
        context.batch(
            0x18c00101, third.low(), third.high(), 0x10000002, data.low() + 4, data.high(), 2);
    run(0x18c00101, second.low(), second.high(), 0x10000002, data.low() + 8, data.high(), 3);
    assertEquals(1, at(0));
    assertEquals(2, at(4));
    assertEquals(3, at(8));
  }

  @Test
  void conditionalEndEndsTheBatchWhenItsConditionIsFalse() {
    fixture.store(data.bus(), 0, 0, 3);
    run(
        0x1b200002 | 1 << 12,
        3,
        data.low() + 8,
        data.high(),
        0x10000002,
        data.low(),
        data.high(),
        1,
        0x1b200002,
        3,
        data.low() + 8,
        data.high(),
        0x10000002,
        data.low() + 4,
        data.high(),
        1);
    assertEquals(1, at(0));
    assertEquals(0, at(4));
  }

  @Test
  void batchThatPollsMemoryWithAConditionalEndStopsWhenItIsWritten() {
    fixture.store(data.bus(), 1);
    var spinner = context.tables().buffer(1);
    context.store(
        spinner,
        0x1b200002 | 4 << 12,
        1,
        data.low(),
        data.high(),
        0x18800101,
        spinner.low(),
        spinner.high());
    fixture.submit(context.emitBatch(spinner));
    fixture.runMillis(1);
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
    fixture.store(data.bus(), 0);
    fixture.runMillis(1);
    assertEquals(context.tail(), fixture.read(Engine.RCS0, RING_HEAD));
  }

  @Test
  void commandAcrossAPageBoundaryIsOneCommand() {
    int[] commands = new int[1030];
    int[] store = {0x10000002, data.low(), data.high(), 1};
    System.arraycopy(store, 0, commands, 1022, 4);
    commands[0] = 0x00400001;
    run(commands);
    assertEquals(1, at(0));
  }

  @Test
  void ringWrapsAndCountsIt() {
    for (int i = 0; i < 3; i++) {
      context.emit(new int[1500]);
      fixture.submit(context);
      fixture.runMillis(1);
    }
    int head = fixture.read(Engine.RCS0, RING_HEAD);
    assertEquals(context.tail(), head & 0x1ffffc);
    assertEquals(1, head >>> 21);
  }
}
