package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.systole.spec.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MI_PREDICATE and MI_SET_PREDICATE (gen12-commands.md part 2, 0c and 01). */
class MiPredicateTest {
  private static final int PREDICATE = 0x06000000;
  private static final int LOAD = 2 << 6;
  private static final int LOADINV = 3 << 6;
  private static final int BASE = Engine.RCS0.mmioBase();

  private final CommandFixture f = new CommandFixture();

  private int[] load(int register, int value) {
    return command(0x11000001, BASE + register, value);
  }

  private int result() {
    return f.register(MI_PREDICATE_RESULT);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 2, 0, 1",
    "1, 1, 1, 0, 0",
    "2, 5, 5, 0, 1",
    "2, 5, 6, 0, 0",
    "3, 9, 5, 4, 1",
    "3, 9, 5, 5, 0"
  })
  void comparesItsSourceRegisters(int compare, int source0, int source1, int data, int result) {
    f.run(
        load(MI_PREDICATE_SRC0, source0),
        load(MI_PREDICATE_SRC1, source1),
        load(MI_PREDICATE_DATA, data),
        command(PREDICATE | LOAD | compare));
    assertEquals(result, result());
  }

  @Test
  void comparesAllSixtyFourBits() {
    f.run(load(MI_PREDICATE_SRC0 + 4, 1), command(PREDICATE | LOAD | 2));
    assertEquals(0, result());
  }

  /** What SET, AND, OR and XOR make of true and then the comparison. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0", "1, 1, 0", "2, 1, 1", "3, 1, 1", "0, 0, 1", "1, 0, 1", "2, 0, 1", "3, 0, 0"
  })
  void combinesWithItsState(int combine, int compareFalse, int result) {
    f.run(command(PREDICATE), command(PREDICATE | LOAD | combine << 3 | compareFalse));
    assertEquals(result, result());
  }

  @Test
  void keepsLoadsOrLoadsTheInverse() {
    f.run(command(PREDICATE | LOAD), command(PREDICATE | 1));
    assertEquals(1, result(), "the state changed, the result was kept");
    f.run(command(PREDICATE | LOADINV));
    assertEquals(0, result());
  }

  @Test
  void resultGatesThePredicatedStore() {
    f.run(
        f.gprs(1),
        command(PREDICATE | LOAD),
        command(0x12200002, f.gprAddress(0), f.data.low(), f.data.high()),
        command(PREDICATE | LOADINV),
        command(0x12200002, f.gprAddress(0), f.data.low() + 4, f.data.high()));
    assertEquals(1, f.at(0));
    assertEquals(0, f.at(4));
  }

  /** Modes 1 and 2 look at RESULT_2, 3 and 4 at RESULT. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1",
    "1, 0, 1, 0",
    "1, 1, 0, 1",
    "2, 1, 0, 0",
    "2, 0, 1, 1",
    "3, 1, 0, 0",
    "3, 0, 1, 1",
    "4, 0, 1, 0",
    "4, 1, 0, 1",
    "15, 1, 1, 0",
    "5, 0, 0, 1"
  })
  void setPredicateTurnsWhatFollowsIntoNoops(int mode, int result2, int result, int executed) {
    f.run(
        load(MI_PREDICATE_RESULT_2, result2),
        load(MI_PREDICATE_RESULT, result),
        command(0x00800000 | mode),
        f.store(0, 1),
        command(0x00800000),
        f.store(4, 1));
    assertEquals(executed, f.at(0));
    assertEquals(1, f.at(4), "MI_SET_PREDICATE itself is always executed");
  }

  @Test
  void strayPredicateLeavesTheRingWithoutEffect() {
    f.gpu.submit(
        f.context
            .emitBatch(f.context.batch(0x0080000f, 0, 0x00800000, 0x0080000f))
            .emit(0x10400002, f.context.image() + 0x400, 0, 1));
    f.gpu.runMillis(1);
    assertEquals(0, f.gpu.load(f.context.imageBus() + 0x400), "the batch never ends either");
  }

  @Test
  void predicatedBatchEndEndsOnlyWhenItsResultIsClear() {
    f.run(
        load(MI_PREDICATE_RESULT_PREDICATED, 1),
        command(0x05008000),
        f.store(0, 1),
        load(MI_PREDICATE_RESULT_PREDICATED, 0),
        command(0x05008000),
        f.store(4, 1));
    assertEquals(1, f.at(0));
    assertEquals(0, f.at(4));
  }

  @Test
  void predicatedBatchStartIsPassedWhenTheResultIsClear() {
    var other = f.context.batch(f.store(0, 1));
    int[] start = command(0x18c08101, other.low(), other.high());
    f.run(load(MI_PREDICATE_RESULT, 0), start, f.store(4, 1));
    assertEquals(0, f.at(0));
    assertEquals(1, f.at(4));
    f.run(load(MI_PREDICATE_RESULT, 1), start);
    assertEquals(1, f.at(0));
  }
}
