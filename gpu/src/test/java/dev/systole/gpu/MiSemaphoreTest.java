package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MI_SEMAPHORE_WAIT and MI_SEMAPHORE_SIGNAL (gen12-commands.md part 2, 1c and 1b). */
class MiSemaphoreTest {
  private static final int WAIT = 0x0e000003;
  private static final int POLL = 1 << 15;
  private static final int EQUAL = 4 << 12;

  private final CommandFixture f = new CommandFixture();

  private int[] wait(int mode, int value) {
    return command(WAIT | mode, value, f.data.low(), f.data.high(), 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "1, 5", "2, 6", "3, 6", "3, 5", "4, 5", "5, 6", "2, -1"})
  void goesOnWhenMemoryComparesWithTheInlineValue(int operation, int inline) {
    f.gpu.store(f.data.bus(), 5);
    f.run(wait(POLL | operation << 12, inline), f.store(4, 1));
    assertEquals(1, f.at(4));
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "0, 6", "1, 6", "2, 5", "2, 4", "3, 4", "4, 6", "5, 5", "0, -1"})
  void waitsWhileItDoesNot(int operation, int inline) {
    f.gpu.store(f.data.bus(), 5);
    f.run(wait(POLL | operation << 12, inline), f.store(4, 1));
    assertEquals(0, f.at(4));
    assertEquals(RING_CTL_WAIT_SEMAPHORE, f.register(RING_CTL) & RING_CTL_WAIT_SEMAPHORE);
    assertEquals(WAIT | POLL | operation << 12, f.register(RING_IPEHR));
  }

  @Test
  void formOfFourDwordsHasNoToken() {
    f.run(command(0x0e00c002, 0, f.data.low(), f.data.high()), f.store(4, 1));
    assertEquals(1, f.at(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {POLL | EQUAL, EQUAL})
  void waitsUntilAnotherEngineWritesAndSignals(int mode) {
    var copy = f.gpu.context(Engine.BCS0);
    copy.tables().map(0x7000_0000L, f.data.bus(), 1);
    f.gpu.submit(
        f.context.emitBatch(f.context.batch(CommandFixture.join(wait(mode, 9), f.store(4, 1)))));
    f.gpu.runMillis(5);
    assertEquals(0, f.at(4));
    assertEquals(Long.MAX_VALUE, f.gpu.gpu.nextEventNanos(), "a wait costs nothing");
    f.gpu.submit(copy.emitBatch(copy.batch(0x10000002, 0x7000_0000, 0, 9, 0x0d800000, 0)));
    f.gpu.runMillis(1);
    assertEquals(1, f.at(4));
  }

  @Test
  void pollsARegisterThatOnlyTimeChanges() {
    f.run(command(0x0e011003, 100_000, 0x2358, 0, 0), f.store(0, 1));
    assertEquals(0, f.at(0));
    f.gpu.runMillis(10);
    assertEquals(1, f.at(0), "100,000 ticks are 5.2 ms");
  }

  @Test
  void waitInTheGgttFromABatchWithoutPrivilegesIsNoWait() {
    f.run(wait(1 << 22 | POLL | EQUAL, 77), f.store(4, 1));
    assertEquals(1, f.at(4));
  }
}
