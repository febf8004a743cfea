package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gen12-commands.md part 2, command by command. */
class CommandsTest {
  private static final int GPR = 0x2600;

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

  private int[] gprs(long... values) {
    int[] commands = new int[1 + 4 * values.length];
    commands[0] = 0x11000000 | 4 * values.length - 1;
    for (int i = 0; i < values.length; i++) {
      commands[1 + 4 * i] = GPR + 8 * i;
      commands[2 + 4 * i] = (int) values[i];
      commands[3 + 4 * i] = GPR + 8 * i + 4;
      commands[4 + 4 * i] = (int) (values[i] >>> 32);
    }
    return commands;
  }

  private long gpr(int number) {
    long low = fixture.read(GPR + 8 * number) & 0xffffffffL;
    return low | (long) fixture.read(GPR + 8 * number + 4) << 32;
  }

  @Test
  void noopWithIdWritesNopid() {
    run(0x00400123);
    assertEquals(0x123, fixture.read(Engine.RCS0, RING_NOPID));
  }

  @Test
  void flagsOfAWalkerAreNoPartOfItsLength() {
    int[] commands = new int[20];
    commands[0] = 0x7105040d; // indirect
    System.arraycopy(new int[] {0x10000002, data.low(), data.high(), 1}, 0, commands, 15, 4);
    run(commands);
    assertEquals(1, at(0));
  }

  @Test
  void storeDataImmWritesDwordsQwordsAndArrays() {
    run(
        0x10000002,
        data.low(),
        data.high(),
        1,
        0x10200003,
        data.low() + 8,
        data.high(),
        2,
        3,
        0x10000004,
        data.low() + 16,
        data.high(),
        4,
        5,
        6);
    assertEquals(1, at(0));
    assertEquals(2, at(8));
    assertEquals(3, at(12));
    assertEquals(6, at(24));
  }

  @Test
  void ggttAccessFromABatchInThePpgttDoesNothing() {
    long bus = fixture.allocate(1);
    int page = fixture.mapGgtt(bus, 1);
    run(0x10400002, page, 0, 1, 0x10000002, data.low(), data.high(), 2);
    assertEquals(0, fixture.load(bus));
    assertEquals(2, at(0));
  }

  @Test
  void storeDataIndexWritesEitherStatusPage() {
    context.emit(0x10800001, 0x400, 7, 0x10a00001, 0x400, 8);
    fixture.submit(context);
    fixture.runMillis(1);
    assertEquals(7, fixture.load(fixture.statusPage(Engine.RCS0) + 0x400));
    assertEquals(8, fixture.load(context.imageBus() + 0x400));
  }

  @Test
  void registersMoveBetweenRegistersAndMemory() {
    fixture.store(data.bus(), 0x5555);
    run(
        0x14800002,
        GPR,
        data.low(),
        data.high(),
        0x15000001,
        GPR,
        GPR + 8,
        0x12000002,
        GPR + 8,
        data.low() + 4,
        data.high(),
        0x12080002,
        0x608,
        data.low() + 8,
        data.high());
    assertEquals(0x5555, at(4));
    assertEquals(0x5555, at(8), "with the base added, offset 608 is GPR1");
  }

  @Test
  void registerThatUsersMayNotWriteKeepsItsValueUnlessItIsForced() {
    fixture.write(COMMON_SLICE_CHICKEN1, 1);
    run(0x11000001, COMMON_SLICE_CHICKEN1, 2);
    assertEquals(1, fixture.read(COMMON_SLICE_CHICKEN1));
    fixture.write(Engine.RCS0, RING_FORCE_TO_NONPRIV, COMMON_SLICE_CHICKEN1);
    run(0x11000001, COMMON_SLICE_CHICKEN1, 2);
    assertEquals(2, fixture.read(COMMON_SLICE_CHICKEN1));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 5, 7, 12, 0",
    "101, 5, 7, -2, -1",
    "102, 12, 10, 8, 0",
    "103, 12, 10, 14, 0",
    "104, 12, 10, 6, 0",
    "100, -1, 1, 0, -1",
    "101, 7, 5, 2, 0"
  })
  void mathComputesAndSetsCarry(String opcode, long a, long b, long result, long carry) {
    run(gprs(a, b));
    run(
        0x0d000005,
        0x08008000,
        0x08008401,
        Integer.parseInt(opcode, 16) << 20,
        0x18000831,
        0x18000c33,
        0x18001032);
    assertEquals(result, gpr(2));
    assertEquals(carry, gpr(3));
    assertEquals(result == 0 ? -1 : 0, gpr(4));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 12, 10, 0, 8", "2, 12, 10, 0, 14", "3, 12, 10, 0, 6", "4, 12, 10, 0, 10", "5, 12, 0, 0, 13",
    "6, 12, 0, 0, 11", "7, 12, 10, 0, 22", "8, 12, 10, 0, 2", "9, 12, 10, 0, -2", "10, -1, 1, 0, 1",
    "11, -1, 1, 0, -1", "12, -1, 1, 0, -1", "13, -1, 1, 0, 1", "14, 5, 5, 9, 9", "14, 5, 6, 9, 5",
    "15, 12, 0, 0, 11"
  })
  void atomicChangesMemoryAndReturnsTheOldValue(
      int opcode, int old, int first, int second, int now) {
    fixture.store(data.bus(), old, 0x77, old, 0);
    int header = 0x17800009 | 1 << 18 | 1 << 16 | opcode << 8;
    run(header, data.low(), data.high(), first, second, 0, 0, 0, 0, 0, 0);
    assertEquals(now, at(0));
    assertEquals(0x77, at(4), "a dword only");
    assertEquals(opcode == 15 ? now : old, (int) gpr(4));
    run(gprs(first & 0xffffffffL, 0, second));
    run(0x17800001 | 1 << 19 | opcode + 0x20 << 8, data.low() + 8, data.high());
    if (opcode < 10 || opcode == 14) assertEquals(now, at(8), "8 bytes, from registers");
  }

  @Test
  void predicateGatesThePredicatedStore() {
    run(gprs(1));
    run(
        0x11000003,
        0x2400,
        5,
        0x2408,
        5,
        0x06000082,
        0x12200002,
        GPR,
        data.low(),
        data.high(),
        0x060000c2,
        0x12200002,
        GPR,
        data.low() + 4,
        data.high());
    assertEquals(1, at(0));
    assertEquals(0, at(4), "the inverse was loaded");
  }

  @Test
  void setPredicateTurnsCommandsIntoNoops() {
    run(
        0x0080000f,
        0x10000002,
        data.low(),
        data.high(),
        1,
        0x00800000,
        0x10000002,
        data.low() + 4,
        data.high(),
        2);
    assertEquals(0, at(0));
    assertEquals(2, at(4));
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "1, 5", "2, 6", "3, 6", "3, 5", "4, 5", "5, 6"})
  void semaphoreGoesOnWhenMemoryComparesWithTheInlineValue(int operation, int inline) {
    fixture.store(data.bus(), 5);
    run(
        0x0e008003 | operation << 12,
        inline,
        data.low(),
        data.high(),
        0,
        0x10000002,
        data.low() + 4,
        data.high(),
        1);
    assertEquals(1, at(4));
  }

  @Test
  void semaphoreWaitsUntilAnotherEngineWrites() {
    var copy = fixture.context(Engine.BCS0);
    copy.tables().map(0x7000_0000L, data.bus(), 1);
    fixture.submit(
        context.emitBatch(
            context.batch(
                0x0e00c003,
                9,
                data.low(),
                data.high(),
                0,
                0x10000002,
                data.low() + 4,
                data.high(),
                1)));
    fixture.runMillis(5);
    assertEquals(0, at(4));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos(), "a wait costs nothing");
    assertEquals(
        RING_CTL_WAIT_SEMAPHORE, fixture.read(Engine.RCS0, RING_CTL) & RING_CTL_WAIT_SEMAPHORE);
    fixture.submit(copy.emitBatch(copy.batch(0x10000002, 0x7000_0000, 0, 9)));
    fixture.runMillis(1);
    assertEquals(1, at(4));
  }

  @Test
  void semaphorePollsARegisterThatOnlyTimeChanges() {
    run(0x0e011003, 100_000, 0x2358, 0, 0, 0x10000002, data.low(), data.high(), 1);
    assertEquals(0, at(0));
    fixture.runMillis(10);
    assertEquals(1, at(0), "100,000 ticks are 5.2 ms");
  }

  @Test
  void loopThatStoresConstantsCostsNothingAndStoresAgainWhatSomebodyElseWrote() {
    var loop = context.tables().buffer(1);
    context.store(
        loop,
        0x10000002,
        data.low(),
        data.high(),
        5,
        0x11000001,
        GPR,
        7,
        0x18800101,
        loop.low(),
        loop.high());
    fixture.submit(context.emitBatch(loop));
    fixture.runMillis(1);
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
    fixture.store(data.bus(), 6);
    fixture.write(GPR, 8);
    fixture.runMillis(1);
    assertEquals(5, at(0));
    assertEquals(7, gpr(0));
    assertEquals(Long.MAX_VALUE, fixture.gpu.nextEventNanos());
  }

  @Test
  void loopThatCountsIsNoStandstill() {
    run(gprs(0, 1));
    var loop = context.tables().buffer(1);
    context.store(
        loop,
        0x0d000003,
        0x08008000,
        0x08008401,
        0x10000000,
        0x18000031,
        0x18800101,
        loop.low(),
        loop.high());
    fixture.submit(context.emitBatch(loop));
    fixture.runMillis(1);
    long before = gpr(0);
    fixture.runMillis(1);
    assertTrue(gpr(0) > before + 1000);
  }

  @Test
  void pipeControlWritesTimeStampsInTicksOf19Point2Megahertz() {
    run(0x7a000004, 0x0010c000, data.low(), data.high(), 0, 0);
    long expected = fixture.clock.nowNanos() * 12 / 625;
    assertTrue(Math.abs(at(0) - expected) < 25_000, at(0) + " near " + expected);
    assertEquals(fixture.read(Engine.RCS0, RING_TIMESTAMP), fixture.clock.nowNanos() * 12 / 625);
  }
}
