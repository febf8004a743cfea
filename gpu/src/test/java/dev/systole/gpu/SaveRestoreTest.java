package dev.systole.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.naive.RandomStream;
import dev.systole.gpu.pci.Checkpoint;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.StateException;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN part 4: all hardware state can be saved and restored. */
class SaveRestoreTest {
  private static final long END_NANOS = 40_000_000;
  private static final int STREAMS = 1000;
  private static final WorldDoor NOBODY = (_, _) -> {};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void savedAtARandomPointTheEndIsTheSame(long seed) {
    var random = new Random(seed);
    var fixture = new GpuFixture();
    for (Engine engine : Platform.TGL.engines()) {
      var first = fixture.context(engine);
      var second = fixture.context(engine);
      for (int i = 0; i < 5; i++) {
        first.emitBatch(first.batch(new RandomCommands(random, first).dwords(200)));
        second.emitBatch(second.batch(new RandomCommands(random, second).dwords(200)));
      }
      fixture.submit(first, second);
    }
    fixture.runFor(random.nextInt(200_000));
    byte[] saved = fixture.gpu.save();
    Checkpoint checkpoint = fixture.gpu.checkpoint();
    Gpu copy = another(fixture);
    copy.restore(saved);
    assertSame(fixture.gpu, copy, "at once, seed " + seed);
    assertArrayEquals(saved, copy.save(), "saved again, seed " + seed);
    Gpu other = another(fixture);
    other.restore(checkpoint);
    assertArrayEquals(saved, other.save(), "from the checkpoint, seed " + seed);
    fixture.gpu.runUntil(END_NANOS);
    copy.runUntil(END_NANOS);
    other.runUntil(END_NANOS);
    assertSame(fixture.gpu, copy, "at the end, seed " + seed);
    assertSame(fixture.gpu, other, "at the end from the checkpoint, seed " + seed);
    fixture.gpu.restore(checkpoint);
    assertArrayEquals(saved, fixture.gpu.save(), "went back, seed " + seed);
    fixture.gpu.runUntil(END_NANOS);
    assertSame(fixture.gpu, copy, "at the end once more, seed " + seed);
  }

  private static Gpu another(GpuFixture fixture) {
    var clock = new VirtualClock();
    clock.advanceTo(fixture.clock.nowNanos());
    return new Gpu(fixture.platform, clock, FaultPlan.none(), NOBODY);
  }

  @Test
  void checkpointOfAnotherPlatformIsRefused() {
    Checkpoint checkpoint = new GpuFixture().gpu.checkpoint();
    var other = new GpuFixture(Platform.DG2, FaultPlan.none()).gpu;
    assertThrows(StateException.class, () -> other.restore(checkpoint));
  }

  /** A thousand streams, one on each of the five engines at a time. */
  @Test
  void savedWhileRandomStreamsRunTheEndIsTheSame() {
    int interrupted = 0;
    var copy = new Gpu(Platform.TGL, new VirtualClock(), FaultPlan.none(), NOBODY);
    for (long seed = 1; seed <= STREAMS / Platform.TGL.engines().size(); seed++) {
      var fixture = new GpuFixture();
      for (Engine engine : Platform.TGL.engines()) {
        int number = engine.ordinal();
        var streams = new StreamContext(fixture, engine, number, seed);
        streams.emit(new RandomStream(100 * seed + number, engine, streams.data()).ring());
        fixture.submit(streams.context());
      }
      fixture.runFor(new Random(seed).nextInt(20_000));
      if (fixture.gpu.busy()) interrupted++;
      copy.restore(fixture.gpu.save());
      fixture.gpu.runUntil(END_NANOS);
      copy.runUntil(END_NANOS);
      assertSame(fixture.gpu, copy, "at the end, seed " + seed);
    }
    assertTrue(interrupted > STREAMS / 10, interrupted + " were busy when they were saved");
  }

  @Test
  void howTheTimeIsCutDoesNotMatter() {
    var whole = workload(new GpuFixture());
    var cut = workload(new GpuFixture());
    whole.gpu.runUntil(END_NANOS);
    for (long time = cut.clock.nowNanos(); time <= END_NANOS; time += 777) cut.gpu.runUntil(time);
    cut.gpu.runUntil(END_NANOS);
    assertSame(whole.gpu, cut.gpu, "cut");
  }

  @Test
  void cutStateIsRefused() {
    byte[] saved = new GpuFixture().gpu.save();
    var gpu = new GpuFixture().gpu;
    for (int length = 0; length < saved.length; length += 997) {
      byte[] cut = Arrays.copyOf(saved, length);
      assertThrows(StateException.class, () -> gpu.restore(cut));
    }
    gpu.restore(saved);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void stateWithFlippedBitsIsRefusedOrRuns(long seed) {
    var random = new Random(seed);
    var fixture = workload(new GpuFixture());
    fixture.runFor(50_000);
    byte[] saved = fixture.gpu.save();
    for (int i = 0; i < 100; i++) {
      byte[] damaged = saved.clone();
      int parts = 20_000;
      int at =
          random.nextBoolean()
              ? damaged.length - 1 - random.nextInt(parts)
              : random.nextInt(saved.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        fixture.gpu.restore(damaged);
        fixture.gpu.runUntil(END_NANOS);
      } catch (StateException e) {
        assertEquals(0, e.getMessage().indexOf("saved state: "));
      }
    }
  }

  private static GpuFixture workload(GpuFixture fixture) {
    var context = fixture.context(Engine.RCS0);
    var random = new Random(99);
    for (int i = 0; i < 10; i++) {
      context.emitBatch(context.batch(new RandomCommands(random, context).dwords(300)));
    }
    fixture.submit(context);
    return fixture;
  }

  private static void assertSame(Gpu expected, Gpu actual, String when) {
    assertEquals(expected.memoryHash(), actual.memoryHash(), "memory " + when);
    assertEquals(expected.registersHash(), actual.registersHash(), "registers " + when);
    assertEquals(expected.enginesHash(), actual.enginesHash(), "engines " + when);
  }
}
