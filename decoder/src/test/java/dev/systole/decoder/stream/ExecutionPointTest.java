package dev.systole.decoder.stream;

import static dev.systole.decoder.MadeDump.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.MadeDump;
import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.RequestOffsets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where an engine stood, by IPEHR and ACTHD (mesa-igt-tools.md 1.7: 3). */
class ExecutionPointTest {
  private static final int WAIT = 0x0e01c003;
  private static final int[] DRAWS = {
    PRIMITIVE, 4, 3, 0, 1, 0, 0, PIPE_CONTROL, 0, 0, 0, 0, 0, END
  };

  private final MadeDump dump = new MadeDump();

  private ExecutionPoint point(EngineState.Builder engine) {
    return Decoder.gen12().decode(dump.of(engine.build())).engines().getFirst().point().get();
  }

  private void assertPoint(String name, long address, Relation relation, EngineState.Builder in) {
    ExecutionPoint point = point(in);
    assertEquals(name, point.name());
    assertEquals(relation, point.relation());
    assertEquals(address, point.command().orElseThrow().location().address());
  }

  private static Bytes ringWithWaitAt(int offset) {
    var bytes = ByteBuffer.allocate(RING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : new int[] {WAIT, 0, 0x4208, 0, 0}) {
      bytes.putInt(offset % RING_BYTES, dword);
      offset += 4;
    }
    return Bytes.of(bytes.array());
  }

  @Test
  void inTheRingActhdMayBeACopyOfHeadWithItsWrapCount() {
    int head = 0x0200_0114;

    assertPoint(
        "MI_SEMAPHORE_WAIT",
        RING + 0x100,
        Relation.AFTER,
        inRing(head, 0x200, head, WAIT, ringWithWaitAt(0x100))
            .request(new RequestOffsets(0xf0, 0x180, 0x208)));
  }

  @Test
  void inTheRingActhdMayBeAnAddressInTheRing() {
    assertPoint(
        "MI_SEMAPHORE_WAIT",
        RING + 0x100,
        Relation.AT,
        inRing(0x100, 0x200, RING + 0x100, WAIT, ringWithWaitAt(0x100)));
  }

  @Test
  void aCommandBeforeHeadIsFoundWhereTheRequestIsNotKnown() {
    assertPoint(
        "MI_SEMAPHORE_WAIT",
        RING + 0x100,
        Relation.AFTER,
        inRing(0x114, 0x200, 0x114, WAIT, ringWithWaitAt(0x100)));
  }

  @Test
  void aCommandAtTheEndOfTheRingIsFoundThoughHeadHasWrapped() {
    int last = RING_BYTES - 20;
    assertPoint(
        "MI_SEMAPHORE_WAIT",
        RING + last,
        Relation.JUMPED,
        inRing(0x0020_0000, 0x100, 0x0020_0000, WAIT, ringWithWaitAt(last))
            .request(new RequestOffsets(last, 0x80, 0x108)));
  }

  @Test
  void aRingThatWasCutOffIsReadAsFarAsItGoes() {
    Bytes cut = Bytes.ofPrefix(ringWithWaitAt(0x100).toByteArray(), 0x120);

    assertPoint(
        "MI_SEMAPHORE_WAIT", RING + 0x100, Relation.AFTER, inRing(0x114, 0x200, 0x114, WAIT, cut));
  }

  @Test
  void aBatchStartThatTheKernelClearedDoesNotMatter() {
    EngineState whole = inBatch("rcs0", BATCH + 28, PRIMITIVE, DRAWS).build();

    assertPoint(
        "3DPRIMITIVE",
        BATCH,
        Relation.AFTER,
        without(whole, "ring").object(object("ring", RING, bytes(RING_BYTES))));
  }

  @Test
  void aSecondLevelBatchIsSearchedThoughItsCallerWasNotCaptured() {
    long user = 0x5000;

    assertPoint(
        "3DPRIMITIVE",
        user + 8,
        Relation.AFTER,
        inBatch("rcs0", user + 36, PRIMITIVE, END)
            .object(object("user", user, bytes(0x1000, 0, 0, PRIMITIVE, 4, 3, 0, 1, 0, 0))));
  }

  @Test
  void ofTwoEqualCommandsTheOneBeforeActhdIsMeant() {
    int[] draws = {PRIMITIVE, 4, 3, 0, 1, 0, 0, PRIMITIVE, 4, 3, 0, 1, 0, 0, END};

    var engine = inBatch("rcs0", BATCH + 28, PRIMITIVE, draws);

    assertPoint("3DPRIMITIVE", BATCH, Relation.AFTER, engine);
    assertEquals(BATCH + 28, point(engine).other().orElseThrow().location().address());
  }

  @Test
  void ofTwoWaitsTheOneThatIsNotOverIsMeant() {
    int wait = 0x0e00c003;
    int[] waits = {wait, 5, 0x5000, 0, 0, wait, 6, 0x5000, 0, 0, END};

    assertPoint(
        "MI_SEMAPHORE_WAIT",
        BATCH + 20,
        Relation.AT,
        inBatch("rcs0", BATCH + 20, wait, waits).object(object("user", 0x5000, bytes(0x1000, 5))));
  }

  @Test
  void anEngineMayHaveReadAhead() {
    assertPoint("3DPRIMITIVE", BATCH, Relation.NEAR, inBatch("rcs0", BATCH + 52, PRIMITIVE, DRAWS));
  }

  @Test
  void withoutTheBatchTheNameIsKnownAndTheAddressIsAGuess() {
    EngineState whole = inBatch("rcs0", BATCH + 28, PRIMITIVE, DRAWS).build();

    ExecutionPoint point = point(without(whole, "batch"));

    assertEquals("3DPRIMITIVE", point.name());
    assertTrue(point.command().isEmpty());
    assertEquals(BATCH, point.guessedAddress().orElseThrow());
  }

  @Test
  void lostRegistersAreMadeUpForByTheEcodeAndBbaddr() {
    EngineState whole = inBatch("rcs0", BATCH + 28, PRIMITIVE, DRAWS).build();
    dump.hang(HangMessage.about(12, List.of(whole)));

    assertPoint("3DPRIMITIVE", BATCH, Relation.AFTER, without(whole, "ACTHD", "IPEHR"));
  }
}
