package dev.systole.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.ExecutionPoint;
import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import dev.systole.spec.EngineClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.approvaltests.Approvals;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private final Decoder decoder = Decoder.gen12();

  private EngineStream engine(String dump, String name) throws IOException {
    return decoder.decode(Samples.own(dump)).engine(name).orElseThrow();
  }

  private void assertPoint(
      String expected, Relation relation, int level, String dump, String engine)
      throws IOException {
    ExecutionPoint point = engine(dump, engine).point().orElseThrow();
    assertEquals(expected, point.name() + " at " + point.command().orElseThrow().location());
    assertEquals(relation, point.relation());
    assertEquals(level, point.command().orElseThrow().level());
  }

  @Test
  void aHangInASecondLevelBatchIsFoundBehindTheCommand() throws IOException {
    assertPoint(
        "3DPRIMITIVE at PPGTT 0xfffeffef0378", Relation.AFTER, 2, "o04-tgl-second-level", "rcs0");
  }

  @Test
  void aHangInTheRingIsFoundThoughAPpgttObjectLiesAtTheNumberInActhd() throws IOException {
    assertPoint(
        "MI_SEMAPHORE_WAIT at GGTT 0x0000013ef528",
        Relation.AFTER,
        0,
        "o06-tgl-ring-before-batch",
        "rcs0");
  }

  @Test
  void aHangIsFoundThroughAWrappedRing() throws IOException {
    assertPoint(
        "PIPE_CONTROL at PPGTT 0xfffeffffc008", Relation.AFTER, 1, "o07-tgl-wrapped-ring", "rcs0");
  }

  @Test
  void acthdInsideTheCommandIsEnough() throws IOException {
    assertPoint(
        "3DPRIMITIVE at PPGTT 0xfffeffeee5fc", Relation.INSIDE, 1, "o08-tgl-acthd-inside", "rcs0");
  }

  @Test
  void acthdInTheRingMayBeTheFirstByteOfTheCommand() throws IOException {
    assertPoint(
        "MI_SEMAPHORE_WAIT at GGTT 0x0000014ff568", Relation.AT, 0, "o12-rkl-two-engines", "vcs0");
  }

  @Test
  void theTextMarksTheHungCommand() throws IOException {
    Approvals.verify(text(Samples.own("o06-tgl-ring-before-batch"), true));
  }

  @Test
  void theJsonHasOneObjectPerCommandAndOneHung() throws IOException {
    var out = new ByteArrayOutputStream();

    DecodingJson.write(decoder.decode(Samples.own("o08-tgl-acthd-inside")), out);

    var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(213, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.startsWith("{\"engine\":\"rcs0\"")));
    var hung = lines.stream().filter(line -> line.endsWith("\"hung\":true}")).toList();
    assertEquals(1, hung.size());
    assertTrue(hung.getFirst().contains("\"address\":\"0xfffeffeee5fc\""), hung.getFirst());
    assertTrue(hung.getFirst().contains("\"Vertex Count Per Instance\":3"), hung.getFirst());
  }

  @Test
  void aCommandIsDescribedInALine() {
    assertEquals(
        "MI_SEMAPHORE_WAIT (0x0e409003): Use Global GTT, Polling Mode,"
            + " Compare Operation=SAD_GREATER_THAN_OR_EQUAL_SDD (1), Semaphore Data Dword=7772,"
            + " Semaphore Address=0x0000fe0a99c0",
        decoder.describe(new int[] {0x0e409003, 7772, 0xfe0a99c0, 0, 0}, EngineClass.RENDER));
  }

  @Test
  void aRegisterIsNamedAndItsFieldsAreRead() {
    assertEquals("rcs0 RING_TAIL", decoder.registerName(0x2030));
    assertEquals("0x000fffff", decoder.registerName(0xfffff));
    assertEquals(1, decoder.registerFields(0x203c, 0x3001).getFirst().value());
    assertEquals(List.of(), decoder.registerFields(0xfffff, 1));
  }

  @Test
  void whateverIsWrongWithAFileItIsDecodedAndDiagnosed() throws IOException {
    byte[] whole = Samples.ownBytes("o06-tgl-ring-before-batch");
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length / 2, whole.length + 1));
      for (int i = random.nextInt(20); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(' ', 127);
      }
      ErrorState dump = ErrorStateReader.read(Bytes.of(damaged), "seed " + seed);
      try {
        text(dump, true);
        decoder.diagnose(dump);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private String text(ErrorState dump, boolean withFields) throws IOException {
    var out = new ByteArrayOutputStream();
    new DecodingText(out, withFields).write(decoder.decode(dump));
    return out.toString(StandardCharsets.UTF_8);
  }
}
