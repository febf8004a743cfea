package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.gpu.CommandFixture.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.PageTables.Buffer;
import org.junit.jupiter.api.Test;

/** DESIGN part 4: a loop that changes nothing but time is advanced by arithmetic. */
class LoopTest {
  private final CommandFixture f = new CommandFixture();

  private Buffer loop(int[]... commands) {
    var loop = f.context.tables().buffer(1);
    int[] back = command(0x18800101, loop.low(), loop.high());
    f.context.store(loop, join(join(commands), back));
    f.gpu.submit(f.context.emitBatch(loop));
    f.gpu.runMillis(1);
    return loop;
  }

  @Test
  void loopThatStoresConstantsCostsNothingAndStoresAgainWhatSomebodyElseWrote() {
    loop(f.store(0, 5), command(0x11000001, f.gprAddress(0), 7));
    assertEquals(Long.MAX_VALUE, f.gpu.gpu.nextEventNanos());
    f.gpu.store(f.data.bus(), 6);
    f.gpu.write(f.gprAddress(0), 8);
    f.gpu.runMillis(1);
    assertEquals(5, f.at(0));
    assertEquals(7, f.gpr(0));
    assertEquals(Long.MAX_VALUE, f.gpu.gpu.nextEventNanos());
  }

  @Test
  void loopThatCountsIsNoStandstill() {
    f.run(f.gprs(0, 1));
    loop(command(0x0d000003, 0x08008000, 0x08008401, 0x10000000, 0x18000031, 0));
    long before = f.gpr(0);
    f.gpu.runMillis(1);
    assertTrue(f.gpr(0) > before + 1000);
  }
}
