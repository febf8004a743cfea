package dev.systole.gpu;

import static dev.systole.spec.gen12.ComputeCommands.*;
import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.gpu.PageTables.Buffer;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/gpu.md, "Built-in kernels", through both walkers and every way of giving arguments. */
class BuiltInKernelTest {
  private static final int ELEMENTS = 100;
  private static final int DESCRIPTORS = 0x100;
  private static final int CONSTANTS = 0x200;
  private static final int INDIRECT = 0x300;

  /** How a kernel is started. */
  enum Way {
    CURBE,
    INDIRECT_DATA,
    COMPUTE_INLINE,
    COMPUTE_INDIRECT;

    boolean isCompute() {
      return this == COMPUTE_INLINE || this == COMPUTE_INDIRECT;
    }
  }

  private GpuFixture fixture;
  private TestContext context;
  private Buffer state;
  private Buffer source;
  private Buffer destination;

  private void start(Way way) {
    fixture = new GpuFixture(way.isCompute() ? Platform.DG2 : Platform.TGL, FaultPlan.none());
    context = fixture.context(way.isCompute() ? Engine.CCS0 : Engine.RCS0);
    state = context.tables().buffer(1);
    source = context.tables().buffer(1);
    destination = context.tables().buffer(1);
  }

  private void name(String kernel) {
    byte[] text = ("systole kernel: " + kernel).getBytes(StandardCharsets.US_ASCII);
    fixture.gpu.writeMemory(state.bus(), text, 0, text.length);
  }

  private int[] arguments(int count, int value) {
    return new int[] {
      destination.low(), destination.high(), source.low(), source.high(), count, value, 0, 0
    };
  }

  /** The commands that run a kernel in so many thread groups of eight invocations. */
  private int[] walk(Way way, int groups, int[] arguments) {
    int[] base = new int[STATE_BASE_ADDRESS_LENGTH_DWORDS];
    base[0] = STATE_BASE_ADDRESS | 20;
    for (int dword : new int[] {1, 6, 8, 10}) {
      base[dword] = state.low() | 1;
      base[dword + 1] = state.high();
    }
    return switch (way) {
      case CURBE, INDIRECT_DATA -> gpgpu(way == Way.INDIRECT_DATA, base, groups, arguments);
      case COMPUTE_INLINE, COMPUTE_INDIRECT ->
          compute(way == Way.COMPUTE_INLINE, base, groups, arguments);
    };
  }

  private int[] gpgpu(boolean indirect, int[] base, int groups, int[] arguments) {
    int place = indirect ? INDIRECT : CONSTANTS + 32;
    fixture.store(state.bus() + place, arguments);
    fixture.store(state.bus() + DESCRIPTORS + 32, 0, 0, 0, 0, 0, 1 << 16 | 1);
    int[] curbe = {MEDIA_CURBE_LOAD | 2, 0, 64, CONSTANTS};
    int[] descriptors = {MEDIA_INTERFACE_DESCRIPTOR_LOAD | 2, 0, 64, DESCRIPTORS};
    int[] walker = new int[GPGPU_WALKER_LENGTH_DWORDS];
    walker[0] = GPGPU_WALKER | 13;
    walker[1] = 1;
    walker[2] = indirect ? 32 : 0;
    walker[3] = indirect ? INDIRECT : 0;
    walker[7] = groups;
    walker[10] = 1;
    walker[12] = 1;
    return Commands.join(base, curbe, descriptors, walker);
  }

  private int[] compute(boolean inline, int[] base, int groups, int[] arguments) {
    fixture.store(state.bus() + INDIRECT, arguments);
    int[] walker = new int[COMPUTE_WALKER_LENGTH_DWORDS];
    walker[0] = COMPUTE_WALKER | 37;
    walker[2] = inline ? 0 : 32;
    walker[3] = inline ? 0 : INDIRECT;
    walker[4] = inline ? COMPUTE_WALKER_EMIT_INLINE_PARAMETER : 0;
    walker[6] = 7;
    walker[7] = groups;
    walker[8] = 1;
    walker[9] = 1;
    if (inline) System.arraycopy(arguments, 0, walker, COMPUTE_WALKER_INLINE_DATA_DWORD, 8);
    return Commands.join(base, walker);
  }

  private void run(int... commands) {
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
  }

  private int at(int element) {
    return fixture.load(destination.bus() + 4L * element);
  }

  @ParameterizedTest
  @EnumSource
  void fillStoresTheValueInEveryElement(Way way) {
    start(way);
    name("fill");
    run(walk(way, 7, arguments(ELEMENTS, 0xabcd)));
    for (int i = 0; i < ELEMENTS; i++) assertEquals(0xabcd, at(i));
    assertEquals(0, at(ELEMENTS));
    int counter = CS_INVOCATION_COUNT - Engine.RCS0.mmioBase();
    assertEquals(7 * 8, fixture.read(context.engine(), counter));
  }

  @ParameterizedTest
  @EnumSource
  void copyMovesEveryElement(Way way) {
    start(way);
    name("copy");
    for (int i = 0; i < ELEMENTS; i++) fixture.store(source.bus() + 4L * i, i + 1);
    run(walk(way, 3, arguments(ELEMENTS, 0)));
    for (int i = 0; i < ELEMENTS; i++) assertEquals(i + 1, at(i));
    assertEquals(0, at(ELEMENTS));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void saxpyIsExactInSinglePrecision(long seed) {
    start(Way.CURBE);
    name("saxpy");
    var random = new Random(seed);
    float a = random.nextFloat();
    float[] expected = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      float y = Float.intBitsToFloat(random.nextInt());
      expected[i] = a * x + y;
      fixture.store(source.bus() + 4L * i, Float.floatToRawIntBits(x));
      fixture.store(destination.bus() + 4L * i, Float.floatToRawIntBits(y));
    }
    run(walk(Way.CURBE, 4, arguments(ELEMENTS, Float.floatToIntBits(a))));
    for (int i = 0; i < ELEMENTS; i++) {
      assertEquals(Float.floatToIntBits(expected[i]), at(i), "seed " + seed);
    }
  }

  @Test
  void whatIsNoNumberIsAlwaysTheSameOne() {
    start(Way.CURBE);
    name("saxpy");
    fixture.store(source.bus(), 0xffc12345);
    run(walk(Way.CURBE, 1, arguments(1, 0x3f800000)));
    assertEquals(0x7fc00000, at(0));
  }

  @Test
  void aKernelWithoutTheTextOnlyCostsTime() {
    start(Way.CURBE);
    name("filler of time");
    run(walk(Way.CURBE, 1, arguments(ELEMENTS, 1)));
    assertEquals(0, at(0));
    assertEquals(8, fixture.read(CS_INVOCATION_COUNT));
  }

  @Test
  void spinTakesItsClocksInEveryThreadGroup() {
    start(Way.CURBE);
    name("spin");
    int[] mark = {0x10000002, destination.low(), destination.high(), 1};
    int[] spin = walk(Way.CURBE, 13, arguments(1_000_000, 0));
    fixture.submit(context.emitBatch(context.batch(Commands.join(spin, mark))));
    fixture.runMillis(9);
    assertEquals(0, at(0));
    fixture.runMillis(2);
    assertEquals(1, at(0));
  }

  @Test
  void spinYieldsBetweenThreadGroupsAndGoesOnWhereItWas() {
    assertEquals(1, contendedMarkAfterMillis(3, CS_CHICKEN1_PREEMPTION_GPGPU_LEVEL_THREAD_GROUP));
    fixture.submit(context);
    fixture.runMillis(7);
    assertEquals(0, at(1));
    fixture.runMillis(3);
    assertEquals(1, at(1));
  }

  @Test
  void withPreemptionAtCommandsAWalkerIsFinishedFirst() {
    assertEquals(0, contendedMarkAfterMillis(8, CS_CHICKEN1_PREEMPTION_GPGPU_LEVEL_COMMAND));
    fixture.runMillis(3);
    assertEquals(1, fixture.load(source.bus()));
    assertEquals(13 * 8, fixture.read(CS_INVOCATION_COUNT));
  }

  /** Ten groups of 1 ms spin; after 2 ms another context comes and marks the source. */
  private int contendedMarkAfterMillis(int millis, int level) {
    start(Way.CURBE);
    name("spin");
    fixture.write(Engine.RCS0, CS_CHICKEN1, CS_CHICKEN1_PREEMPTION_GPGPU_LEVEL_MASK << 16 | level);
    int[] mark = {0x10000002, destination.low() + 4, destination.high(), 1};
    int[] spin = walk(Way.CURBE, 13, arguments(1_000_000, 0));
    fixture.submit(context.emitBatch(context.batch(Commands.join(spin, mark))));
    fixture.runMillis(2);
    context.setState(3, 0x00090008);
    var second = fixture.context(Engine.RCS0);
    second.tables().map(source.address(), source.bus(), 1);
    second.emitBatch(second.batch(0x10000002, source.low(), source.high(), 1));
    fixture.submit(second);
    fixture.runMillis(millis);
    return fixture.load(source.bus());
  }

  @Test
  void partsAreSavedWithTheDevice() {
    start(Way.CURBE);
    name("fill");
    run(walk(Way.CURBE, 1000, arguments(1 << 20, 7)));
    byte[] saved = fixture.gpu.save();
    long memory = finish(fixture);
    var copy = new GpuFixture();
    copy.clock.advanceTo(fixture.clock.nowNanos() - 1_000_000);
    copy.gpu.restore(saved);
    assertEquals(memory, finish(copy));
  }

  private static long finish(GpuFixture fixture) {
    fixture.runMillis(1);
    return fixture.gpu.memoryHash();
  }

  @Test
  void postSyncOfAComputeWalkerComesWhenTheLastGroupIsDone() {
    start(Way.COMPUTE_INLINE);
    name("fill");
    int[] commands = walk(Way.COMPUTE_INLINE, 5, arguments(ELEMENTS, 3));
    int walker = STATE_BASE_ADDRESS_LENGTH_DWORDS;
    commands[walker + 26] = COMPUTE_WALKER_POST_SYNC_OPERATION_WRITE_IMMEDIATE_DATA;
    commands[walker + 27] = source.low();
    commands[walker + 28] = source.high();
    commands[walker + 29] = 0x600d;
    run(commands);
    assertEquals(3, at(ELEMENTS - 1));
    assertEquals(0x600d, fixture.load(source.bus()));
  }

  @Test
  void indirectDimensionsComeFromRegisters() {
    start(Way.CURBE);
    name("fill");
    int[] commands = walk(Way.CURBE, 999, arguments(ELEMENTS, 9));
    commands[commands.length - GPGPU_WALKER_LENGTH_DWORDS] |=
        GPGPU_WALKER_INDIRECT_PARAMETER_ENABLE;
    int[] dimensions = {
      0x11000005, GPGPU_DISPATCHDIMX, 2, GPGPU_DISPATCHDIMY, 3, GPGPU_DISPATCHDIMZ, 4
    };
    run(Commands.join(dimensions, commands));
    assertEquals(2 * 3 * 4 * 8, fixture.read(CS_INVOCATION_COUNT));
    assertEquals(9, at(ELEMENTS - 1));
  }
}
