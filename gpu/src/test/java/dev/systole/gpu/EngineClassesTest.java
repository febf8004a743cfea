package dev.systole.gpu;

import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.platform.Platform;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine of every part (i915-kernel.md 5.1), and what each class parses (gen12 1.3). */
class EngineClassesTest {
  private static final int STORE_PPGTT = 0x10000002;
  private static final int USER_INTERRUPT = 0x01000000;

  static Stream<Arguments> engines() {
    return Platform.all().stream()
        .flatMap(platform -> platform.engines().stream().map(e -> Arguments.of(platform, e)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineRunsBatchesAndInterruptsByItsClassAndInstance(Platform platform, Engine engine) {
    var fixture = new GpuFixture(platform, FaultPlan.none());
    var context = fixture.context(engine);
    var target = context.tables().buffer(1);
    context.emitBatch(context.batch(STORE_PPGTT, target.low(), target.high(), 0x1234));
    fixture.submit(context.emit(USER_INTERRUPT, 0));
    fixture.runMillis(1);
    assertEquals(0x1234, fixture.load(target.bus()));
    int identity =
        0x80000000 | engine.hardwareInstance() << 20 | engine.engineClass().hardwareClass() << 16;
    assertEquals(List.of("%08x".formatted(identity | 0x101)), fixture.serveInterrupts());
    assertFalse(fixture.gpu.busy());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void registerBlocksOfEnginesDoNotOverlap(Platform platform, Engine engine) {
    var fixture = new GpuFixture(platform, FaultPlan.none());
    fixture.write(engine, CS_GPR, 0x600d);
    var holders = new ArrayList<Engine>();
    for (Engine other : platform.engines()) {
      if (fixture.read(other, CS_GPR) == 0x600d) holders.add(other);
    }
    assertEquals(List.of(engine), holders);
  }

  /** Headers with their length, which class knows them, and whether it does. */
  @ParameterizedTest
  @CsvSource({
    "rcs0, 70000007, 9",
    "rcs0, 7a000004, 6",
    "rcs0, 780b0000, 1",
    "rcs0, 7105040d, 15",
    "vcs0, 68000000, 1",
    "vcs0, 70000003, 5",
    "vcs1, 73960100, 258",
    "vcs0, 77000000, 2",
    "vecs0, 74020011, 19",
    "vecs0, 75010030, 50",
    "ccs0, 72080025, 39",
    "ccs0, 7a000004, 6",
    "ccs0, 7c01002a, 44",
    "rcs0, 7c000004, 6",
    "rcs0, 7b010001, 3",
    "rcs0, 7b020002, 4",
  })
  void commandsOfTheOwnClassArePassedByTheirLength(String name, String header, int length) {
    assertEquals(List.of(0, 1), run(name, header, length));
  }

  @ParameterizedTest
  @CsvSource({
    "bcs0, 7a000004",
    "vcs0, 7a000004",
    "vcs0, 61010014",
    "vecs0, 70000003",
    "vecs0, 73960100",
    "ccs0, 7b000005",
    "ccs0, 78080003",
    "rcs0, 50000008",
    "vcs0, 50000008",
    "vecs0, 20000000",
  })
  void commandsOfAnotherClassAreErrors(String name, String header) {
    assertEquals(List.of(1, 0), run(name, header, 1));
  }

  /** Runs the command with a mark behind it; returns ESR and the mark. */
  private static List<Integer> run(String name, String header, int length) {
    Engine engine = engine(name);
    var fixture = new GpuFixture(Platform.DG2, FaultPlan.none());
    var context = fixture.context(engine);
    var target = context.tables().buffer(1);
    int[] commands = new int[length + 4];
    commands[0] = Integer.parseUnsignedInt(header, 16);
    commands[length] = STORE_PPGTT;
    commands[length + 1] = target.low();
    commands[length + 2] = target.high();
    commands[length + 3] = 1;
    fixture.submit(context.emitBatch(context.batch(commands)));
    fixture.runMillis(1);
    return List.of(fixture.read(engine, RING_ESR), fixture.load(target.bus()));
  }

  private static Engine engine(String name) {
    return Stream.of(Engine.values()).filter(e -> e.kernelName().equals(name)).findFirst().get();
  }

  @Test
  void partsAreFoundByTheirNames() {
    assertEquals(Platform.DG2, Platform.byName("dg2").orElseThrow());
    assertEquals(0x56a0_8086, new GpuFixture(Platform.DG2, FaultPlan.none()).gpu.readConfig(0, 4));
  }
}
