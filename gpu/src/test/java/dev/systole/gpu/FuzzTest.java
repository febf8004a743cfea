package dev.systole.gpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input is defined behaviour: no exception, and an end in real time. */
class FuzzTest {
  private static final long END_NANOS = 20_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomBatchesEndOrHang(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      var fixture = new GpuFixture();
      for (Engine engine : Platform.TGL.engines()) {
        var context = fixture.context(engine);
        int[] commands = new RandomCommands(random, context).dwords(400);
        for (int i = random.nextInt(20); i > 0; i--) damage(random, commands);
        fixture.submit(context.emitBatch(context.batch(commands)));
      }
      fixture.runFor(END_NANOS);
      assertTrue(fixture.gpu.nextEventNanos() > fixture.clock.nowNanos(), "seed " + seed);
    }
  }

  private static void damage(Random random, int[] commands) {
    int at = random.nextInt(commands.length);
    commands[at] = random.nextBoolean() ? random.nextInt() : commands[at] ^ 1 << random.nextInt(32);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void randomContextImagesAndRingsEndOrHang(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      var fixture = new GpuFixture();
      var context = fixture.context(Engine.RCS0).emit(0, 0);
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        context.setState(random.nextInt(0xc0), random.nextInt() >>> random.nextInt(32));
      }
      for (int i = 0; i < 4096; i++) {
        int header = random.nextInt(64) << 23 | random.nextInt(4);
        fixture.store(context.ringBus() + 4L * i, header);
      }
      fixture.submit(context, fixture.context(Engine.RCS0));
      fixture.runFor(END_NANOS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void randomRegisterWritesNeverThrow(long seed) {
    var random = new Random(seed);
    var fixture = new GpuFixture();
    var context = fixture.context(Engine.RCS0).emit(0, 0);
    fixture.submit(context);
    for (int i = 0; i < 20_000; i++) {
      int offset = random.nextInt(4) == 0 ? random.nextInt() : 0x2000 + random.nextInt(0x1000);
      if (random.nextBoolean()) fixture.read(offset);
      else fixture.write(offset, random.nextInt());
    }
    fixture.gpu.readMemory64(-4);
    fixture.gpu.writeMemory64(Long.MAX_VALUE - 3, 1);
    fixture.gpu.readConfig(255, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tgl", "dg2"})
  void pageTableThatPointsToItselfIsWalked(String platform) {
    var fixture = new GpuFixture(Platform.byName(platform).orElseThrow(), FaultPlan.none());
    var context = fixture.context(Engine.RCS0);
    PageTables tables = context.tables();
    for (int i = 0; i < 512; i++) {
      fixture.gpu.writeMemory64(tables.rootBus() + 8 * i, tables.root() | 3);
    }
    fixture.submit(context.emitBatch(new PageTables.Buffer(0x1234_5678_9000L, 0)));
    fixture.runMillis(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void garbageInPageTablesEndsOrHangs(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      Platform platform = random.nextBoolean() ? Platform.TGL : Platform.DG2;
      var fixture = new GpuFixture(platform, FaultPlan.none());
      var context = fixture.context(Engine.BCS0);
      var batch = context.batch(new RandomCommands(random, context).dwords(400));
      for (int i = random.nextInt(40); i > 0; i--) {
        long address = batch.address() ^ (long) random.nextInt(4) << 12 + 9 * random.nextInt(4);
        long entry = random.nextLong() >>> random.nextInt(64) | random.nextInt(4);
        fixture.gpu.writeMemory64(context.tables().entryAddress(address, random.nextInt(4)), entry);
      }
      fixture.submit(context.emitBatch(batch));
      fixture.runFor(END_NANOS);
    }
  }

  @Test
  void emptyMemoryIsPassedAtOnce() {
    var fixture = new GpuFixture();
    var context = fixture.context(Engine.RCS0);
    long scratch = fixture.allocate(1);
    long table = context.tables().entryAddress(0) & -4096L;
    for (int i = 0; i < 512; i++) fixture.gpu.writeMemory64(table + 8 * i, scratch | 3);
    long directory = context.tables().entryAddress(1L << 21) & -4096L;
    for (int i = 0; i < 512; i++) fixture.gpu.writeMemory64(directory + 8 * i, scratch | 3);
    fixture.submit(context.emitBatch(new PageTables.Buffer(0, 0)));
    fixture.runMillis(1);
    assertTrue(fixture.gpu.busy(), "stopped by a page fault behind the scratch page");
  }
}
