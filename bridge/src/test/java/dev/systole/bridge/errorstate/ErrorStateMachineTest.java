package dev.systole.bridge.errorstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.bridge.machine.Outcome.Completed;
import dev.systole.bridge.machine.Outcome.Failed;
import dev.systole.bridge.machine.Outcome.Looping;
import dev.systole.bridge.machine.Outcome.NotExecuted;
import dev.systole.bridge.machine.Outcome.NothingThere;
import dev.systole.bridge.machine.Outcome.Waiting;
import dev.systole.bridge.machine.Stop;
import dev.systole.errorstate.AddressRange;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.Registers;
import dev.systole.gpu.platform.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorStateMachineTest {
  private static final long BATCH = 0xfffe_ffee_e000L;
  private static final int LOW = (int) BATCH;
  private static final int HIGH = (int) (BATCH >>> 32);
  private static final int END = 0x05000000;

  private static EngineState.Builder engine(String name) {
    return EngineState.builder(name).batch(new AddressRange(BATCH, BATCH + 0x1000));
  }

  private static CapturedObject object(String name, long address, int... dwords) {
    var bytes = ByteBuffer.allocate(4 * dwords.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(dwords);
    return CapturedObject.of("rcs0", name, address, Bytes.of(bytes.array()));
  }

  private static BatchExecution execute(String platform, EngineState engine) {
    var properties = new LinkedHashMap<String, String>();
    properties.put("Platform", platform);
    var dump =
        new ErrorState(
            Optional.empty(),
            properties,
            new LinkedHashMap<>(),
            Registers.NONE,
            List.of(engine),
            List.of(),
            List.of(),
            Bytes.EMPTY);
    return new ErrorStateMachine(Platform.TGL, dump).execute().getFirst();
  }

  private static BatchExecution execute(int... commands) {
    return execute("TIGERLAKE", engine("rcs0").object(object("batch", BATCH, commands)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rcs0", "bcs0", "vcs0", "vcs1", "vecs0"})
  void aBatchWithAllItsMemoryIsExecutedToItsEnd(String name) {
    EngineState engine =
        engine(name)
            .object(object("batch", BATCH, 0x17000003, LOW + 0x800, HIGH, 0x5000, 1, END))
            .object(object("user", 0x1_0000_5000L, 7))
            .build();
    BatchExecution execution = execute("TIGERLAKE", engine);
    assertEquals(new Completed(), execution.outcome());
    assertEquals(List.of(), execution.missing());
    assertEquals(name + ": batch at 0xfffeffeee000 executed to its end", execution.toString());
  }

  @Test
  void memoryThatTheDumpLacksIsSaidAndReadsAsZero() {
    BatchExecution execution =
        execute(
            0x0e00c002,
            0,
            LOW + 0x3004,
            HIGH, // waits for the zero
            0x10000002,
            0x4000,
            0,
            5, // stores far away
            0x0e00c002,
            5,
            0x4000,
            0, // and finds it there
            END);
    assertEquals(new Completed(), execution.outcome());
    assertEquals(
        List.of(
            "no memory at 0xfffeffef1000, 0x2fcc bytes behind the batch at PPGTT 0xfffeffeee000",
            "no memory at 0x000000004000, far from every buffer of the dump"),
        execution.missing().stream().map(Object::toString).toList());
  }

  @Test
  void commandsThatTheDumpLacksAreNotMadeUp() {
    BatchExecution execution = execute(0x18c00101, 0x9000, 0, END);
    assertEquals(new NothingThere(0x9000), execution.outcome());
    assertEquals(List.of(), execution.missing());
  }

  @Test
  void aBatchThatWasCutIsExecutedUpToTheCut() {
    EngineState engine =
        EngineState.builder("rcs0")
            .batch(new AddressRange(BATCH, BATCH + 0x3000))
            .object(object("batch", BATCH, 0x10000002, LOW + 0x5000, HIGH, 1))
            .build();
    BatchExecution execution = execute("TIGERLAKE", engine);
    assertEquals(new NothingThere(BATCH + 0x1000), execution.outcome());
    assertEquals(1, execution.missing().size());
  }

  @Test
  void aBatchThatHangsByItselfIsFound() {
    assertEquals(
        new Waiting(new Stop(0x0e00c002, BATCH)),
        execute(0x0e00c002, 1, LOW + 0x800, HIGH, END, 0).outcome());
    assertEquals(
        new Looping(new Stop(0x18800101, BATCH)), execute(0x18800101, LOW, HIGH).outcome());
    assertInstanceOf(Failed.class, execute(0xe0000000, END).outcome());
  }

  @Test
  void theRingTellsWhereTheBatchBegins() {
    EngineState engine =
        engine("rcs0")
            .object(object("ring", 0x8000, 0x18800101, LOW + 8, HIGH, 0))
            .object(object("batch", BATCH, 0xe0000000, 0, END))
            .register("START", 0x8000)
            .register("HEAD", 0)
            .register("TAIL", 16)
            .register("CTL", 1)
            .build();
    BatchExecution execution = execute("ROCKETLAKE", engine);
    assertEquals(BATCH + 8, execution.start().orElseThrow());
    assertEquals(new Completed(), execution.outcome());
  }

  @Test
  void whatCannotBeExecutedIsSaid() {
    EngineState whole = engine("rcs0").object(object("batch", BATCH, END)).build();
    assertEquals(new NotExecuted("SKYLAKE is not of Gen12"), execute("SKYLAKE", whole).outcome());
    assertEquals(
        new NotExecuted("tgl has no ccs0"), execute("TIGERLAKE", engine("ccs0").build()).outcome());
    assertEquals(
        new NotExecuted("neither ring nor registers lead to a batch"),
        execute("TIGERLAKE", EngineState.builder("rcs0").build()).outcome());
    assertTrue(
        execute("TIGERLAKE", engine("rcs0").build())
            .toString()
            .contains("the dump does not hold the batch at PPGTT 0xfffeffeee000"));
  }
}
