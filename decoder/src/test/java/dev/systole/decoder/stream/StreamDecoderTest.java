package dev.systole.decoder.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.command.CommandReader;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.decoder.stream.StreamElement.JumpNotFollowed;
import dev.systole.decoder.stream.StreamElement.SectionEnd;
import dev.systole.decoder.stream.StreamElement.SectionStart;
import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.spec.EngineClass;
import dev.systole.spec.Spec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
  private static final int NOOP = 0;
  private static final int ARB_CHECK = 0x02800000;
  private static final int END = 0x05000000;
  private static final int JUMP = 0x18800101;
  private static final int CALL = 0x18c00101;
  private static final int PREDICATED_JUMP = 0x18808101;
  private static final long A = 0x10000;
  private static final long B = 0x20000;

  private final List<Buffer> buffers = new ArrayList<>();
  private final CommandReader reader = new CommandReader(Spec.gen12());

  private Buffer given(Space space, String name, long address, int... dwords) {
    var bytes = ByteBuffer.allocate(dwords.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int dword : dwords) bytes.putInt(dword);
    var object = CapturedObject.of("rcs0", name, address, Bytes.of(bytes.array()));
    buffers.add(new Buffer(space, object));
    return buffers.getLast();
  }

  private void givenBatch(long address, int... dwords) {
    given(Space.PPGTT, "batch", address, dwords);
  }

  private List<String> whenBatchIsDecoded(long address) {
    var seen = new ArrayList<String>();
    decoder(seen).batch(new Location(Space.PPGTT, address));
    return seen;
  }

  private StreamDecoder decoder(List<String> seen) {
    return new StreamDecoder(
        reader, EngineClass.RENDER, new GpuMemory(buffers), element -> seen.add(label(element)));
  }

  private static String label(StreamElement element) {
    return switch (element) {
      case SectionStart start -> "%x{".formatted(start.location().address());
      case CommandRead read ->
          "%x %s".formatted(read.location().address(), read.command().name().replace("MI_", ""));
      case JumpNotFollowed jump ->
          "%x? %s".formatted(jump.target().address(), jump.reason().name());
      case SectionEnd end -> "}" + end.reason();
    };
  }

  @Test
  void aSecondLevelBatchReturnsAndAFirstLevelBatchDoesNot() {
    givenBatch(A, CALL, (int) B, 0, JUMP, (int) B + 8, 0, ARB_CHECK);
    givenBatch(B, ARB_CHECK, END, NOOP, END);

    assertEquals(
        List.of(
            "10000{",
            "10000 BATCH_BUFFER_START",
            "20000{",
            "20000 ARB_CHECK",
            "20004 BATCH_BUFFER_END",
            "}BATCH_BUFFER_END",
            "1000c BATCH_BUFFER_START",
            "}JUMP",
            "20008{",
            "20008 NOOP",
            "2000c BATCH_BUFFER_END",
            "}BATCH_BUFFER_END"),
        whenBatchIsDecoded(A));
  }

  @Test
  void aBatchThatJumpsIntoItselfEnds() {
    givenBatch(A, NOOP, JUMP, (int) A + 4, 0);

    List<String> seen = whenBatchIsDecoded(A);

    assertEquals("10004? LOOP", seen.getLast());
    assertEquals(5, seen.size());
  }

  @Test
  void aBatchThatCallsItselfEnds() {
    givenBatch(A, CALL, (int) A, 0, END);

    assertEquals(
        List.of(
            "10000{",
            "10000 BATCH_BUFFER_START",
            "10000? LOOP",
            "1000c BATCH_BUFFER_END",
            "}BATCH_BUFFER_END"),
        whenBatchIsDecoded(A));
  }

  @Test
  void whatIsCalledTwiceIsDecodedOnce() {
    givenBatch(A, CALL, (int) B, 0, CALL, (int) B, 0, END);
    givenBatch(B, END);

    assertTrue(whenBatchIsDecoded(A).contains("20000? ALREADY_DECODED"));
  }

  @Test
  void aPredicatedStartIsNotFollowed() {
    givenBatch(A, PREDICATED_JUMP, (int) B, 0, END);
    givenBatch(B, END);

    List<String> seen = whenBatchIsDecoded(A);

    assertTrue(seen.contains("20000? PREDICATED"));
    assertEquals("}BATCH_BUFFER_END", seen.getLast());
  }

  @Test
  void aTargetThatWasNotCapturedIsSaid() {
    givenBatch(A, CALL, (int) B, 0, END);

    assertTrue(whenBatchIsDecoded(A).contains("20000? NOT_CAPTURED"));
  }

  @Test
  void aBatchWithoutEndRunsOut() {
    givenBatch(A, ARB_CHECK);

    assertEquals("}RAN_OUT", whenBatchIsDecoded(A).getLast());
  }

  @Test
  void nestingEndsAtAHundredLevels() {
    for (int i = 0; i < 200; i++) {
      long here = A + i * 0x1000L;
      givenBatch(here, CALL, (int) here + 0x1000, 0, END);
    }

    assertEquals(
        1, whenBatchIsDecoded(A).stream().filter(label -> label.endsWith("TOO_DEEP")).count());
  }

  @Test
  void afterSomethingUnknownItGoesOnAtTheNextKnownHeader() {
    givenBatch(A, 0xe0000001, 0xe0000002, ARB_CHECK, END);

    assertEquals(
        List.of("10000{", "10000 unknown", "10008 ARB_CHECK", "1000c BATCH_BUFFER_END"),
        whenBatchIsDecoded(A).subList(0, 4));
  }

  @Test
  void aWrappedRingIsReadOverItsEnd() {
    int[] ring = new int[1024];
    ring[1022] = 0x7a000004;
    ring[4] = ARB_CHECK;
    Buffer buffer = given(Space.GGTT, "ring", A, ring);
    var seen = new ArrayList<String>();

    decoder(seen).ring(new RingRange(buffer, 4096, 1022 * 4, 7 * 4));

    assertEquals(List.of("10ff8{", "10ff8 PIPE_CONTROL", "10010 ARB_CHECK", "}TAIL"), seen);
  }

  @Test
  void randomMemoryNeitherThrowsNorLoops() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      buffers.clear();
      int[] dwords = random.ints(500).toArray();
      for (int i = 0; i < dwords.length - 2; i += 1 + random.nextInt(8)) {
        dwords[i] = random.nextBoolean() ? JUMP : CALL;
        dwords[i + 1] = (int) A + random.nextInt(500) * 4;
        dwords[i + 2] = 0;
      }
      givenBatch(A, dwords);

      int elements = whenBatchIsDecoded(A).size();

      assertTrue(elements < 4 * dwords.length, "seed " + seed + ": " + elements);
    }
  }
}
