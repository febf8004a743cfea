package dev.systole.decoder.diagnosis;

import static dev.systole.decoder.MadeDump.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.MadeDump;
import dev.systole.decoder.Samples;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of gen12-commands.md 7.4 on dumps made for each, and on recorded ones. */
class DiagnosisTest {
  private final MadeDump dump = new MadeDump();

  private EngineDiagnosis diagnose(EngineState.Builder engine) {
    Diagnosis diagnosis = diagnosis(engine.build());
    assertEquals(1, diagnosis.hung().size());
    return diagnosis.hung().getFirst();
  }

  private Diagnosis diagnosis(EngineState... engines) {
    return Decoder.gen12().diagnose(dump.of(engines));
  }

  private static void assertCause(Cause cause, Confidence confidence, EngineDiagnosis found) {
    assertEquals(cause, found.cause(), found.toString());
    assertEquals(confidence, found.confidence(), found.toString());
  }

  private static void assertEvidence(String part, EngineDiagnosis found) {
    assertTrue(found.evidence().stream().anyMatch(line -> line.contains(part)), found.toString());
  }

  @Test
  void aBatchStartToItselfWithArbitrationOffIsAnEndlessLoop() {
    int[] batch = {ARB_OFF, BATCH_START, (int) BATCH + 4, (int) (BATCH >>> 32), END};

    for (long acthd : new long[] {BATCH + 4, BATCH + 8, BATCH + 16}) {
      var found = diagnose(inBatch("rcs0", acthd, BATCH_START, batch));

      assertCause(Cause.ENDLESS_LOOP, Confidence.HIGH, found);
      assertEquals(
          "MI_BATCH_BUFFER_START at 0x7f0000100004", found.command().orElseThrow().toString());
      assertEvidence("jumps to itself", found);
      assertEvidence("nothing can preempt it", found);
    }
  }

  @Test
  void anArbCheckAndAJumpBackToItIsALoopThatCanBePreempted() {
    int[] batch = {0x02800000, BATCH_START, (int) BATCH, (int) (BATCH >>> 32)};

    var found = diagnose(inBatch("bcs0", BATCH + 4, 0x02800000, batch));

    assertCause(Cause.ENDLESS_LOOP, Confidence.HIGH, found);
    assertEvidence("it can be preempted", found);
  }

  @Test
  void aCommandThatCannotBlockMeansThatTheEngineStopped() {
    var found = diagnose(inBatch("rcs0", BATCH + 12, 0x11000001, 0x11000001, 0x2580, 1, END));

    assertCause(Cause.ENGINE_STOPPED, Confidence.MEDIUM, found);
    assertEquals("MI_LOAD_REGISTER_IMM at 0x7f0000100000", found.command().get().toString());
  }

  @Test
  void anUnknownHeaderWithAnInstructionErrorIsABadOpcode() {
    var engine = inBatch("rcs0", BATCH + 4, 0xdeadbeef, 0, 0xdeadbeef, END).register("ESR", 1);

    var found = diagnose(engine);

    assertCause(Cause.BAD_OPCODE, Confidence.HIGH, found);
    assertEquals("unknown at 0x7f0000100004", found.command().orElseThrow().toString());
  }

  @Test
  void aCommandThatTheEngineRefusedIsLessCertainlyABadOpcode() {
    var engine = inBatch("rcs0", BATCH, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, END);

    assertCause(Cause.BAD_OPCODE, Confidence.MEDIUM, diagnose(engine.register("ESR", 1)));
  }

  @Test
  void aFaultJustBehindABufferIsAnOverRun() {
    dump.register("FAULT_TLB_DATA", 0x7L << 32 | 0xf0000102L);
    var engine = inBatch("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, END);

    var found = diagnose(engine.register("FAULT_REG", 1));

    assertCause(Cause.PAGE_FAULT, Confidence.HIGH, found);
    assertEvidence("PPGTT 0x7f0000102000", found);
    assertEvidence("4096 bytes behind the batch", found);
  }

  @Test
  void aBatchWithoutEndRunsAway() {
    int[] batch = new int[1024];
    Arrays.fill(batch, 0x02800000);

    var found = diagnose(inBatch("rcs0", BATCH + 0x1000, 0x02800000, batch));

    assertCause(Cause.RUNAWAY_BATCH, Confidence.HIGH, found);
  }

  @Test
  void executionUnitsThatRunBehindAFlushMeanAShader() {
    var engine =
        inBatch("rcs0", BATCH + 52, PIPE_CONTROL, PRIMITIVE, 4, 3, 0, 1, 0, 0, PIPE_CONTROL)
            .register("ROW_INSTDONE[0][1]", 0xfffeffffL);

    var found = diagnose(engine);

    assertCause(Cause.SHADER_NOT_FINISHING, Confidence.HIGH, found);
    assertEvidence("EU00 SS0", found);
    assertEvidence("3DPRIMITIVE at PPGTT 0x7f0000100000", found);
  }

  @Test
  void aFlushWithOnlyTheStreamerBusyDoesNotRetire() {
    var engine = inBatch("rcs0", BATCH, PIPE_CONTROL, PIPE_CONTROL, 0x100000, 0, 0, 0, 0, END);

    var found = diagnose(engine.register("INSTDONE", 0xffdfffffL));

    assertCause(Cause.FLUSH_NOT_RETIRING, Confidence.MEDIUM, found);
    assertEvidence("busy: CS", found);
  }

  @Test
  void aBlitThatDoesNotFinishIsNamed() {
    int[] blit = {0x50800008, 0x03000100, 0, 0x00100010, 0x1000, 0, 0, 0x100, 0x2000, 0, END};

    assertCause(
        Cause.BLIT_STUCK,
        Confidence.MEDIUM,
        diagnose(inBatch("bcs0", BATCH + 40, 0x50800008, blit)));
  }

  @Test
  void theDriversPreemptionSemaphoreParksAnInnocentEngine() {
    var engine =
        inBatch("rcs0", BATCH + 20, 0x0e40c003, 0x0e40c003, 0, 0xfedfe0c8, 0, 0, END)
            .register("HWS", 0xfedfe000L);

    assertCause(Cause.PARKED_BY_DRIVER, Confidence.HIGH, diagnose(engine));
  }

  @Test
  void aWaitThatMemoryAlreadySatisfiesMissedItsSignal() {
    var engine =
        inBatch("rcs0", BATCH + 20, 0x0e00c003, 0x0e00c003, 5, 0x5000, 0, 0, END)
            .object(object("user", 0x5000, bytes(0x1000, 5)));

    assertCause(Cause.SEMAPHORE_SIGNAL_MISSED, Confidence.MEDIUM, diagnose(engine));
  }

  @Test
  void anEngineThatWaitsForAnotherHungOneIsNotToBlame() {
    int seqno = 0xfe0a99c0;
    var culprit =
        inBatch("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, 0x10400002, seqno, 0, 8)
            .build();
    var victim = inBatch("vcs0", BATCH + 20, 0x0e409003, 0x0e409003, 8, seqno, 0, 0, END).build();

    Diagnosis diagnosis = diagnosis(victim, culprit);

    assertEquals(
        List.of("rcs0", "vcs0"), diagnosis.hung().stream().map(EngineDiagnosis::engine).toList());
    assertCause(Cause.WAITS_FOR_ENGINE, Confidence.HIGH, diagnosis.hung().getLast());
    assertEvidence("of rcs0 would write it", diagnosis.hung().getLast());
  }

  @Test
  void aSeqnoThatWasWrittenInAnEmptyRingIsALostCompletion() {
    var engine =
        inBatch("rcs0", RING + 0x18, 0, END)
            .register("HEAD", 0x18)
            .register("BBADDR", 0)
            .port(new ElspEntry(0, 1, 0x1d, 4, false, true, 0, 0, 0x20))
            .timelineSeqno(4);

    assertCause(Cause.COMPLETION_LOST, Confidence.HIGH, diagnose(engine));
  }

  @Test
  void aSleepingGpuIsNotTrusted() {
    dump.property("RPM wakelock", "no");

    var found = diagnose(inBatch("rcs0", BATCH + 4, 0xdeadbeef, 0xdeadbeef).register("ESR", 1));

    assertEquals(Confidence.LOW, found.confidence());
  }

  @Test
  void anEventThatNobodySetsIsSaid() throws IOException {
    var found = Decoder.gen12().diagnose(Samples.own("o03-tgl-semaphore-event")).hung().getFirst();

    assertCause(Cause.SEMAPHORE_NOT_SIGNALLED, Confidence.HIGH, found);
    assertEvidence("memory holds 0x00000004", found);
  }

  @Test
  void aPolledRegisterIsNamed() throws IOException {
    var found = Decoder.gen12().diagnose(Samples.own("o06-tgl-ring-before-batch"));

    assertCause(Cause.REGISTER_NOT_READY, Confidence.HIGH, found.hung().getFirst());
    assertEvidence("GFX_CCS_AUX_INV", found.hung().getFirst());
  }

  @Test
  void theTextSaysWhereWhyAndHowSureAndTheVictimIsApart() throws IOException {
    var text = new StringBuilder();

    DiagnosisText.write(Decoder.gen12().diagnose(Samples.own("o12-rkl-two-engines")), text);

    assertEquals(
        "rcs0 hangs at 3DPRIMITIVE at 0xfffeffeeef80, running player [4012]."
            + " A draw is stuck in the depth or colour back end (pixel-back-end-stall)."
            + " Confidence: medium.",
        text.toString().lines().findFirst().orElseThrow());
    assertTrue(text.toString().contains("vcs0 did not hang; it stood at MI_SEMAPHORE_WAIT"));
  }

  @Test
  void theJsonNamesTheHungEngineAndItsCommand() throws IOException {
    var out = new ByteArrayOutputStream();

    DiagnosisJson.write(Decoder.gen12().diagnose(Samples.own("o04-tgl-second-level")), out);

    String json = out.toString(StandardCharsets.UTF_8);
    assertTrue(
        json.startsWith(
            "{\"hung\":[{\"engine\":\"rcs0\",\"process\":{\"name\":\"inst\",\"pid\":4004},"
                + "\"hungCommand\":{\"name\":\"3DPRIMITIVE\",\"address\":\"0xfffeffef0378\","
                + "\"guessed\":false},\"cause\":\"pixel-back-end-stall\""),
        json);
  }
}
