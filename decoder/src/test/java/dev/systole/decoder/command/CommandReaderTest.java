package dev.systole.decoder.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.CommandSpec;
import dev.systole.spec.EngineClass;
import dev.systole.spec.FieldSpec;
import dev.systole.spec.Spec;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReaderTest {
  private static final int RANDOM_STREAMS = 2_000;

  private final CommandReader reader = new CommandReader(Spec.gen12());

  static Stream<EngineClass> engineClasses() {
    return Arrays.stream(EngineClass.values());
  }

  private Command read(int... dwords) {
    return reader.read(EngineClass.RENDER, Dwords.of(dwords), 0, 0x1000);
  }

  @Test
  void batchBufferStartTellsItsTargetWithoutTheUpper16Bits() {
    var start = assertInstanceOf(BatchBufferStart.class, read(0x18800101, 0xfeef0000, 0xfffffffe));

    assertEquals(new Location(Space.PPGTT, 0xfffe_feef_0000L), start.target());
    assertFalse(start.secondLevel());
    assertFalse(start.predicated());
  }

  @Test
  void semaphoreWaitIsReadWithAndWithoutItsToken() {
    var gen12 = assertInstanceOf(SemaphoreWait.class, read(0x0e409003, 7772, 0xfe0a99c0, 0, 0));
    var gen11 = assertInstanceOf(SemaphoreWait.class, read(0x0e409002, 7772, 0xfe0a99c0, 0));

    assertEquals(20, gen12.lengthBytes());
    assertEquals(16, gen11.lengthBytes());
    for (SemaphoreWait wait : new SemaphoreWait[] {gen12, gen11}) {
      assertEquals(new Location(Space.GGTT, 0xfe0a99c0L), wait.location());
      assertEquals(SemaphoreWait.Comparison.GREATER_OR_EQUAL, wait.comparison());
      assertFalse(wait.satisfiedBy(7771));
      assertTrue(wait.satisfiedBy(7772));
      assertTrue(wait.satisfiedBy(-1), "compared without sign");
    }
  }

  @Test
  void pipeControlWritesOnlyWithAPostSyncOperationAndAnAddress() {
    var breadcrumb = (PipeControl) read(0x7a000004, 0x01104080, 0xfe077c40, 0, 0x1e92, 0);
    var flush = (PipeControl) read(0x7a000204, 0x103070a1, 0xd0, 0, 0, 0);

    assertEquals(new Location(Space.GGTT, 0xfe077c40L), breadcrumb.destination().orElseThrow());
    var seqno = breadcrumb.destination().orElseThrow();
    assertEquals(0x1e92, breadcrumb.writtenTo(seqno).orElseThrow());
    assertEquals(0, breadcrumb.writtenTo(seqno.plus(4)).orElseThrow());
    assertTrue(breadcrumb.writtenTo(seqno.plus(8)).isEmpty());
    assertTrue(flush.destination().isEmpty(), "an offset into the status page");
  }

  @Test
  void theEngineDecidesTheMeaningOfAHeader() {
    Dwords dwords = Dwords.of(new int[16]).slice(0, 15);
    int[] same = dwords.toArray();
    same[0] = 0x71050003;

    assertEquals("GPGPU_WALKER", reader.read(EngineClass.RENDER, Dwords.of(same), 0, 0).name());
    assertEquals(
        "MFX_AVC_WEIGHTOFFSET_STATE", reader.read(EngineClass.VIDEO, Dwords.of(same), 0, 0).name());
  }

  @Test
  void aCommandThatIsCutOffKeepsWhatIsThereAndSaysWhatIsMissing() {
    Command cut = read(0x7b000005, 0xf, 3);

    assertEquals("3DPRIMITIVE", cut.name());
    assertEquals(3, cut.dwords().size());
    assertEquals(4, cut.missingDwords());
    assertTrue(
        cut.fields().stream().anyMatch(field -> field.name().equals("Vertex Count Per Instance")));
    assertTrue(cut.fields().stream().noneMatch(field -> field.name().equals("Instance Count")));
  }

  @Test
  void aBatchStartTooShortForItsAddressIsNotFollowed() {
    assertInstanceOf(PlainCommand.class, read(0x18800101, 0x1000));
  }

  @Test
  void anUnknownHeaderIsAsLongAsTheRulesSay() {
    Command unknown = read(0x7bff0002, 1, 2, 3, 4);

    assertInstanceOf(UnknownCommand.class, unknown);
    assertEquals("unknown", unknown.name());
    assertEquals(4, unknown.dwords().size());
  }

  /** What the fields of a command hold is all that its dwords say, but for what is reserved. */
  @Test
  void everyCommandIsMadeOfItsHeaderAndItsFields() {
    for (CommandSpec spec : Spec.gen12().commands()) {
      int length = spec.lengthMask() == 0 ? spec.lengthDwords(0) : spec.lengthDwords().orElse(6);
      int lengthField = spec.lengthMask() & length - spec.bias();
      int[] dwords = new Random(spec.name().hashCode()).ints(length).toArray();
      dwords[0] = dwords[0] & 0xffff & ~spec.lengthMask() | spec.header() | lengthField;
      EngineClass engine = spec.engines().iterator().next();

      Command command = reader.read(engine, Dwords.of(dwords), 0, 0);
      int[] made = new int[length];
      int[] known = new int[length];
      made[0] = spec.header() | lengthField;
      known[0] = spec.headerMask() | spec.lengthMask();
      for (Field field : command.fields()) put(field, made, known);

      assertEquals(length, command.dwords().size(), spec.name());
      for (int i = 0; i < length; i++) {
        assertEquals(dwords[i] & known[i], made[i] & known[i], spec.name() + " dword " + i);
      }
    }
  }

  private static void put(Field field, int[] made, int[] known) {
    FieldSpec spec = field.operand().field();
    boolean inPlace = field.operand().isAddress();
    long raw = inPlace ? field.value() >>> spec.startBit() % 32 : field.value();
    for (int bit = 0; bit < Math.min(spec.bits(), 64); bit++) {
      int at = spec.startBit() + bit;
      known[at / 32] |= 1 << at % 32;
      made[at / 32] |= (int) (raw >>> bit & 1) << at % 32;
    }
  }

  @ParameterizedTest
  @MethodSource("engineClasses")
  void whatIsReadIsWhatWasThere(EngineClass engine) {
    for (long seed = 0; seed < RANDOM_STREAMS; seed++) {
      int[] stream = randomStream(new Random(seed));
      Dwords dwords = Dwords.of(stream);
      int[] again = new int[0];
      for (int index = 0; index < stream.length; ) {
        Command command = reader.read(engine, dwords, index, 4L * index);
        assertEquals(4L * index, command.address());
        assertTrue(command.missingDwords() >= 0, "seed " + seed);
        for (Field field : command.fields()) assertFalse(field.text().isEmpty(), "seed " + seed);
        again = Dwords.of(again).then(command.dwords()).toArray();
        index += command.dwords().size();
      }
      assertArrayEquals(stream, again, "seed " + seed);
    }
  }

  /** Half of the dwords are headers, mostly with short lengths. */
  private static int[] randomStream(Random random) {
    return IntStream.range(0, 40)
        .map(_ -> random.nextBoolean() ? random.nextInt() : random.nextInt() & 0xffff000f)
        .toArray();
  }
}
