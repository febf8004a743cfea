package dev.systole.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where faults fire, and that they fire there again. */
class FaultPlacesTest {
  private static final int NOOP = 0;
  private static final int USER_INTERRUPT = 0x01000000;

  @Test
  void namedCommandIsHitTheNthTime() {
    var fixture = GpuFixture.withFaults("stop:name=MI_STORE_DATA_IMM,nth=4");
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    fixture.submit(
        context.emitBatch(context.batch(NOOP, NOOP)).emitBatch(context.batch(Marks.of(target))));
    fixture.runMillis(1);
    assertEquals(3, Marks.seen(fixture, target));
  }

  @Test
  void commandAtAnAddressIsHit() {
    var probe = new GpuFixture();
    var same = probe.context(Engine.RCS0);
    var where = same.batch(Marks.of(same.tables().buffer(1)));
    var fixture = GpuFixture.withFaults("stop:address=0x" + Long.toHexString(where.address() + 32));
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    fixture.submit(context.emitBatch(context.batch(Marks.of(target))));
    fixture.runMillis(1);
    assertEquals(2, Marks.seen(fixture, target));
  }

  @Test
  void chanceIsThePlansOwnAndTheSameEachTime() {
    var counts = new int[3];
    for (int i = 0; i < counts.length; i++) {
      var fixture = GpuFixture.withFaults("stop:probability=0.2,seed=" + (i < 2 ? 1 : 2));
      var context = fixture.context(Engine.RCS0);
      for (int j = 0; j < 20; j++) {
        context.emitBatch(context.batch(Marks.of(context.tables().buffer(1))));
      }
      fixture.submit(context);
      fixture.runMillis(1);
      counts[i] = (int) fixture.points.getFirst().occasion();
    }
    assertEquals(counts[0], counts[1]);
    assertNotEquals(counts[0], counts[2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop:probability=0.01,seed=3",
        "bad-opcode:name=MI_STORE_DATA_IMM,nth=17",
        "lost-irq:probability=0.5,times=all",
        "bus-gone:register=GFX_MSTR_IRQ,nth=9",
        "spurious-irq@rcs0:time=1.2ms",
        "stop@rcs0:time=1.15ms"
      })
  void recordedPointsAloneMakeTheSameRun(String fault) {
    var first = GpuFixture.withFaults(fault);
    String expected = run(first);
    assertTrue(first.points.size() > 0, fault);
    var plan = FaultPlan.replaying(List.of(fault), first.points);
    var again = new GpuFixture(Platform.TGL, plan);
    assertEquals(expected, run(again));
    assertEquals(first.points, again.points);
  }

  private static String run(GpuFixture fixture) {
    var context = fixture.context(Engine.RCS0);
    var target = context.tables().buffer(1);
    var log = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      fixture.submit(context.emitBatch(context.batch(Marks.of(target))).emit(USER_INTERRUPT, NOOP));
      fixture.runFor(50_000);
      log.append(fixture.serveInterrupts());
    }
    return log.append(fixture.gpu.enginesHash())
        .append(' ')
        .append(fixture.gpu.memoryHash())
        .append(' ')
        .append(fixture.gpu.registersHash())
        .toString();
  }
}
