package dev.systole.gpu;

import static dev.systole.spec.gen12.GtRegisters.GDRST;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever software does to an engine, time goes on and nothing is thrown. */
class EngineFuzzTest {
  private static final long END_NANOS = 20_000_000;
  private static final List<Engine> ENGINES = Platform.DG2.engines();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void descriptorsThatPointAnywhere(long seed) {
    var random = new Random(seed);
    var fixture = new GpuFixture(Platform.DG2, FaultPlan.none());
    for (int i = 0; i < 300; i++) {
      Engine engine = ENGINES.get(random.nextInt(ENGINES.size()));
      var context = fixture.context(engine).emit(0, 0);
      long descriptor = random.nextBoolean() ? random.nextLong() : context.descriptor();
      fixture.submitDescriptor(engine, descriptor ^ 1L << random.nextInt(64));
      fixture.runFor(random.nextInt(50_000));
      if (random.nextInt(4) == 0) reset(fixture, engine);
    }
    assertEnds(fixture, seed);
  }

  private static void reset(GpuFixture fixture, Engine engine) {
    fixture.write(GDRST, 1 << engine.resetDomainBit());
    fixture.runFor(50_000);
    fixture.setUp(engine);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void imagesAndRingsOfGarbage(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      var fixture = new GpuFixture(Platform.DG2, FaultPlan.none());
      for (Engine engine : ENGINES) {
        var context = fixture.context(engine).emit(0, 0);
        for (int i = random.nextInt(0x400); i > 0; i--) {
          context.setState(random.nextInt(0x400), random.nextInt() >>> random.nextInt(32));
        }
        for (int i = 0; i < 4096; i++) fixture.store(context.ringBus() + 4L * i, word(random));
        fixture.submit(context, fixture.context(engine));
      }
      assertEnds(fixture, seed);
    }
  }

  /** Mostly the header of a command. */
  private static int word(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt();
      case 1 -> 0x7000_0000 | random.nextInt(1 << 28) & 0x0fff_000f;
      default -> random.nextInt(64) << 23 | random.nextInt(4);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void registersOfRunningEnginesWrittenAtRandom(long seed) {
    var random = new Random(seed);
    var fixture = new GpuFixture(Platform.DG2, FaultPlan.none());
    int[] registers = {
      RING_TAIL,
      RING_HEAD,
      RING_START,
      RING_CTL,
      RING_MI_MODE,
      RING_MODE,
      RING_RESET_CTL,
      RING_EIR,
      RING_EMR,
      RING_HWS_PGA,
      RING_CONTEXT_CONTROL,
      RING_CONTEXT_STATUS_PTR,
      RING_EXECLIST_SQ_CONTENTS_LO,
      RING_EXECLIST_CONTROL,
      RING_CTX_TIMESTAMP,
      RING_IPEHR
    };
    for (int i = 0; i < 10_000; i++) {
      Engine engine = ENGINES.get(random.nextInt(ENGINES.size()));
      if (i % 50 == 0) fixture.submit(fixture.context(engine).emit(word(random), 0));
      int register = registers[random.nextInt(registers.length)];
      int value = random.nextInt() >>> random.nextInt(32);
      if (random.nextBoolean()) fixture.write(engine, register, value);
      else fixture.read(engine, random.nextInt(0x1000));
    }
    assertEnds(fixture, seed);
  }

  private static void assertEnds(GpuFixture fixture, long seed) {
    fixture.runFor(END_NANOS);
    assertTrue(fixture.gpu.nextEventNanos() > fixture.clock.nowNanos(), "seed " + seed);
  }
}
