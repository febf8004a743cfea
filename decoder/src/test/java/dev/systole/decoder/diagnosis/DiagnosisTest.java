package dev.systole.decoder.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.Samples;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of gen12-commands.md 7.4 on dumps made for each, and on recorded ones. */
class DiagnosisTest {
  private static final long BATCH = 0x7f0000100000L;
  private static final long RING = 0x20000;
  private static final int RING_BYTES = 0x4000;
  private static final int END = 0x05000000;
  private static final int ARB_OFF = 0x04000000;
  private static final int BATCH_START = 0x18800101;
  private static final int PRIMITIVE = 0x7b000005;
  private static final int PIPE_CONTROL = 0x7a000004;

  private final LinkedHashMap<String, Long> device = new LinkedHashMap<>();
  private final LinkedHashMap<String, String> properties = new LinkedHashMap<>();

  private static Bytes bytes(int sizeBytes, int... dwords) {
    var bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) bytes.putInt(dword);
    return Bytes.of(bytes.array());
  }

  /** A hung engine whose ring starts a batch at {@link #BATCH}, in which it stands. */
  private static EngineState.Builder engine(String name, long acthd, int ipehr, int... batch) {
    Bytes ring =
        bytes(RING_BYTES, 0x04000001, BATCH_START, (int) BATCH, (int) (BATCH >>> 32), ARB_OFF, 0);
    return EngineState.builder(name)
        .register("START", RING)
        .register("HEAD", 0x10)
        .register("TAIL", 0x18)
        .register("CTL", RING_BYTES - 0x1000 | 1)
        .register("ACTHD", acthd)
        .register("IPEHR", Integer.toUnsignedLong(ipehr))
        .register("INSTDONE", 0xffffffffL)
        .register("BBADDR", acthd | 1)
        .request(new RequestOffsets(0, 0x10, 0x20))
        .hung(true)
        .object(CapturedObject.of(name, "ring", RING, ring))
        .object(CapturedObject.of(name, "batch", BATCH, bytes(0x1000, batch)));
  }

  private EngineDiagnosis diagnose(EngineState.Builder engine) {
    Diagnosis diagnosis = diagnosis(engine.build());
    assertEquals(1, diagnosis.hung().size());
    return diagnosis.hung().getFirst();
  }

  private Diagnosis diagnosis(EngineState... engines) {
    var dump =
        new ErrorState(
            Optional.of(HangMessage.about(12, List.of(engines))),
            properties,
            new LinkedHashMap<>(),
            new Registers(device),
            List.of(engines),
            List.of(),
            List.of(),
            Bytes.EMPTY);
    return Decoder.gen12().diagnose(dump);
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
      var found = diagnose(engine("rcs0", acthd, BATCH_START, batch));

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

    var found = diagnose(engine("bcs0", BATCH + 4, 0x02800000, batch));

    assertCause(Cause.ENDLESS_LOOP, Confidence.HIGH, found);
    assertEvidence("it can be preempted", found);
  }

  @Test
  void aCommandThatCannotBlockMeansThatTheEngineStopped() {
    var found = diagnose(engine("rcs0", BATCH + 12, 0x11000001, 0x11000001, 0x2580, 1, END));

    assertCause(Cause.ENGINE_STOPPED, Confidence.MEDIUM, found);
    assertEquals("MI_LOAD_REGISTER_IMM at 0x7f0000100000", found.command().get().toString());
  }

  @Test
  void anUnknownHeaderWithAnInstructionErrorIsABadOpcode() {
    var engine = engine("rcs0", BATCH + 4, 0xdeadbeef, 0, 0xdeadbeef, END).register("ESR", 1);

    var found = diagnose(engine);

    assertCause(Cause.BAD_OPCODE, Confidence.HIGH, found);
    assertEquals("unknown at 0x7f0000100004", found.command().orElseThrow().toString());
  }

  @Test
  void aFaultJustBehindABufferIsAnOverRun() {
    device.put("FAULT_TLB_DATA", 0x7L << 32 | 0xf0000102L);
    var engine = engine("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, END);

    var found = diagnose(engine.register("FAULT_REG", 1));

    assertCause(Cause.PAGE_FAULT, Confidence.HIGH, found);
    assertEvidence("PPGTT 0x7f0000102000", found);
    assertEvidence("4096 bytes behind the batch", found);
  }

  @Test
  void aBatchWithoutEndRunsAway() {
    int[] batch = new int[1024];
    java.util.Arrays.fill(batch, 0x02800000);

    var found = diagnose(engine("rcs0", BATCH + 0x1000, 0x02800000, batch));

    assertCause(Cause.RUNAWAY_BATCH, Confidence.HIGH, found);
  }

  @Test
  void executionUnitsThatRunBehindAFlushMeanAShader() {
    var engine =
        engine("rcs0", BATCH + 52, PIPE_CONTROL, PRIMITIVE, 4, 3, 0, 1, 0, 0, PIPE_CONTROL)
            .register("ROW_INSTDONE[0][1]", 0xfffeffffL);

    var found = diagnose(engine);

    assertCause(Cause.SHADER_NOT_FINISHING, Confidence.HIGH, found);
    assertEvidence("EU00 SS0", found);
    assertEvidence("3DPRIMITIVE at PPGTT 0x7f0000100000", found);
  }

  @Test
  void aFlushWithOnlyTheStreamerBusyDoesNotRetire() {
    var engine = engine("rcs0", BATCH, PIPE_CONTROL, PIPE_CONTROL, 0x100000, 0, 0, 0, 0, END);

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
        diagnose(engine("bcs0", BATCH + 40, 0x50800008, blit)));
  }

  @Test
  void theDriversPreemptionSemaphoreParksAnInnocentEngine() {
    var engine =
        engine("rcs0", BATCH + 20, 0x0e40c003, 0x0e40c003, 0, 0xfedfe0c8, 0, 0, END)
            .register("HWS", 0xfedfe000L);

    assertCause(Cause.PARKED_BY_DRIVER, Confidence.HIGH, diagnose(engine));
  }

  @Test
  void aWaitThatMemoryAlreadySatisfiesMissedItsSignal() {
    var engine =
        engine("rcs0", BATCH + 20, 0x0e00c003, 0x0e00c003, 5, 0x5000, 0, 0, END)
            .object(CapturedObject.of("rcs0", "user", 0x5000, bytes(0x1000, 5)));

    assertCause(Cause.SEMAPHORE_SIGNAL_MISSED, Confidence.MEDIUM, diagnose(engine));
  }

  @Test
  void anEngineThatWaitsForAnotherHungOneIsNotToBlame() {
    int seqno = 0xfe0a99c0;
    var culprit =
        engine("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, 0x10400002, seqno, 0, 8)
            .build();
    var victim = engine("vcs0", BATCH + 20, 0x0e409003, 0x0e409003, 8, seqno, 0, 0, END).build();

    Diagnosis diagnosis = diagnosis(victim, culprit);

    assertEquals(
        List.of("rcs0", "vcs0"), diagnosis.hung().stream().map(EngineDiagnosis::engine).toList());
    assertCause(Cause.WAITS_FOR_ENGINE, Confidence.HIGH, diagnosis.hung().getLast());
    assertEvidence("of rcs0 would write it", diagnosis.hung().getLast());
  }

  @Test
  void aSeqnoThatWasWrittenInAnEmptyRingIsALostCompletion() {
    var engine =
        engine("rcs0", RING + 0x18, 0, END)
            .register("HEAD", 0x18)
            .register("BBADDR", 0)
            .port(new ElspEntry(0, 1, 0x1d, 4, false, true, 0, 0, 0x20))
            .timelineSeqno(4);

    assertCause(Cause.COMPLETION_LOST, Confidence.HIGH, diagnose(engine));
  }

  @Test
  void aSleepingGpuIsNotTrusted() {
    properties.put("RPM wakelock", "no");

    var found = diagnose(engine("rcs0", BATCH + 4, 0xdeadbeef, 0xdeadbeef).register("ESR", 1));

    assertEquals(Confidence.LOW, found.confidence());
  }

  @Test
  void aCommandWhoseBatchStartTheKernelHasClearedIsFoundAllTheSame() {
    var engine = engine("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, END).build();
    var cleared = EngineState.builder("rcs0").hung(true).request(engine.request().orElseThrow());
    engine.registers().values().forEach(cleared::register);
    cleared.object(CapturedObject.of("rcs0", "ring", RING, bytes(RING_BYTES)));
    cleared.object(engine.object("batch").orElseThrow());

    assertEquals(
        "3DPRIMITIVE at 0x7f0000100000", diagnose(cleared).command().orElseThrow().toString());
  }

  @Test
  void lostRegisterLinesAreMadeUpForByOthers() {
    var engine = engine("rcs0", BATCH + 28, PRIMITIVE, PRIMITIVE, 4, 3, 0, 1, 0, 0, END).build();
    var hang = HangMessage.about(12, List.of(engine));
    var poorer = EngineState.builder("rcs0").hung(true);
    engine.registers().values().forEach(poorer::register);
    poorer.object(engine.object("batch").orElseThrow());
    var registers = new LinkedHashMap<>(poorer.build().registers().values());
    registers.remove("ACTHD");
    registers.remove("IPEHR");
    var lost = EngineState.builder("rcs0").hung(true).object(engine.object("batch").orElseThrow());
    registers.forEach(lost::register);
    var dump =
        new ErrorState(
            Optional.of(hang),
            properties,
            new LinkedHashMap<>(),
            Registers.NONE,
            List.of(lost.build()),
            List.of(),
            List.of(),
            Bytes.EMPTY);

    Diagnosis diagnosis = Decoder.gen12().diagnose(dump);

    assertEquals(
        "3DPRIMITIVE at 0x7f0000100000",
        diagnosis.hung().getFirst().command().orElseThrow().toString());
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
