package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rings and batches lead from one to the other (gen12-commands.md 1.6). */
class BatchesTest {
  private final CommandFixture f = new CommandFixture();
  private final GpuFixture fixture = f.gpu;
  private final TestContext context = f.context;
  private final Buffer data = f.data;

  private void run(int... commands) {
    f.run(commands);
  }

  private int at(int offset) {
    return f.at(offset);
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

  /** The condition is that the memory's 5 compares with the operand. */
  @ParameterizedTest
  @CsvSource({
    "0, 4, 1", "0, 5, 0", "1, 5, 1", "1, 6, 0", "2, 6, 1", "2, 5, 0", "3, 5, 1", "3, 4, 0",
    "4, 5, 1", "4, 6, 0", "5, 6, 1", "5, 5, 0"
  })
  void conditionTrueGoesOn(int operation, int operand, int gone) {
    fixture.store(data.bus() + 8, 5);
    f.run(
        command(0x1b200002 | operation << 12, operand, data.low() + 8, data.high()), f.store(0, 1));
    assertEquals(gone, at(0));
  }

  @Test
  void conditionComparesOnlyIfTheHeaderSaysSo() {
    f.run(command(0x1b004002, 1, data.low() + 8, data.high()), f.store(0, 1));
    assertEquals(1, at(0));
  }

  @Test
  void maskOfTheConditionLiesBehindItsValue() {
    fixture.store(data.bus() + 8, 0x1235, 0xf);
    f.run(command(0x1b284002, 5, data.low() + 8, data.high()), f.store(0, 1));
    assertEquals(1, at(0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1"})
  void falseConditionEndsAllLevelsOrTheCurrentOne(int onlyCurrent, int callerGoesOn) {
    int[] end = command(0x1b204002 | onlyCurrent << 18, 1, data.low() + 8, data.high());
    var second = context.batch(CommandFixture.join(end, f.store(0, 1)));
    f.run(command(0x18c00101, second.low(), second.high()), f.store(4, 1));
    assertEquals(0, at(0));
    assertEquals(callerGoesOn, at(4));
  }

  @Test
  void secondLevelStartInASecondLevelBatchChains() {
    var third = context.batch(f.store(0, 1));
    var second =
        context.batch(
            CommandFixture.join(command(0x18c00101, third.low(), third.high()), f.store(4, 1)));
    f.run(command(0x18c00101, second.low(), second.high()), f.store(8, 1));
    assertEquals(1, at(0));
    assertEquals(0, at(4), "its address was overwritten");
    assertEquals(1, at(8));
  }

  @Test
  void batchEndInTheRingIsPassed() {
    f.runInRing(command(0x05000000, 0), command(0x1b204002, 1, 0, 0));
    assertEquals(context.tail(), fixture.read(Engine.RCS0, RING_HEAD));
  }

  @Test
  void batchOfTheGgttHasPrivilegesAndItsChildrenInThePpgttHaveNot() {
    var child = context.batch(0x10800001, 0x404, 1);
    long bus = fixture.allocate(1);
    int page = fixture.mapGgtt(bus, 1);
    fixture.store(bus, 0x10800001, 0x400, 1, 0x18c00101, child.low(), child.high(), 0x05000000);
    f.runInRing(command(0x18800001, page, 0, 0));
    assertEquals(1, fixture.load(fixture.statusPage(Engine.RCS0) + 0x400));
    assertEquals(0, fixture.load(fixture.statusPage(Engine.RCS0) + 0x404));
  }

  @Test
  void batchOfThePpgttStartsNothingInTheGgtt() {
    var child = context.batch(f.store(0, 1));
    f.run(command(0x18c00001, child.low(), child.high()));
    assertEquals(1, at(0), "the address is one of the PPGTT all the same");
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
