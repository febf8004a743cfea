package dev.systole.bridge.aub;

import static dev.systole.bridge.aub.AubBuilder.GGTT;
import static dev.systole.bridge.aub.AubBuilder.PHYSICAL;
import static dev.systole.bridge.aub.AubBuilder.tigerLake;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.decoder.stream.StreamElement.JumpNotFollowed;
import dev.systole.errorstate.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AubRecordingTest {
  private static final long BATCH = 0xfffe_ffff_d000L;
  private static final int ARB_CHECK = 0x02800000;
  private static final int END = 0x05000000;
  private static final int RENDER = 0x2000;

  private final Decoder decoder = Decoder.gen12();

  /** Commands as {@code engine level address name}, and jumps that lead nowhere. */
  private List<String> decode(AubSubmission submission) {
    var seen = new ArrayList<String>();
    submission
        .decode(decoder)
        .forEach(
            element -> {
              if (element instanceof CommandRead(_, var location, var level, var command)) {
                seen.add(
                    "%s %d %x %s"
                        .formatted(submission.engine(), level, location.address(), command.name()));
              } else if (element instanceof JumpNotFollowed jump) {
                seen.add(jump.reason().toString());
              }
            });
    return seen;
  }

  private List<String> decodeAll(AubRecording recording) throws IOException {
    var seen = new ArrayList<String>();
    for (var next = recording.next(); next.isPresent(); next = recording.next()) {
      seen.addAll(decode(next.get()));
    }
    return seen;
  }

  private static AubBuilder givenBatch(int... commands) {
    return tigerLake().context(BATCH, 0x300000).memory(PHYSICAL, 0x300000, commands);
  }

  private static AubBuilder start(AubBuilder aub) {
    return aub.ring(0x18800101, (int) BATCH, (int) (BATCH >>> 32), 0);
  }

  @Test
  void aSubmissionIsDecodedThroughGgttAndPpgtt() throws IOException {
    AubRecording recording = start(givenBatch(ARB_CHECK, END)).submit(RENDER).recording();
    assertEquals(
        List.of(
            "rcs0 0 1000 MI_BATCH_BUFFER_START",
            "rcs0 1 fffeffffd000 MI_ARB_CHECK",
            "rcs0 1 fffeffffd004 MI_BATCH_BUFFER_END",
            "rcs0 0 100c MI_NOOP"),
        decodeAll(recording));
    assertEquals(List.of(), recording.damages());
  }

  @Test
  void eachSubmissionSeesMemoryAsItWasThen() throws IOException {
    AubBuilder aub = start(givenBatch(END)).submit(RENDER);
    aub.memory(PHYSICAL, 0x300000, ARB_CHECK, END).submit(RENDER);
    AubRecording recording = aub.recording();
    assertEquals(3, decode(recording.next().orElseThrow()).size());
    AubSubmission second = recording.next().orElseThrow();
    assertEquals(4, decode(second).size());
    assertEquals(2, second.number());
    assertEquals(OptionalLong.of(0x2000), second.contextAddress());
  }

  @Test
  void gen8WritesTwoContextsToOnePort() throws IOException {
    AubBuilder aub = start(givenBatch(END));
    aub.register(0x22230, 0).register(0x22230, 0).register(0x22230, 0).register(0x22230, 0x2339);
    assertEquals("bcs0 0 1000 MI_BATCH_BUFFER_START", decodeAll(aub.recording()).getFirst());
  }

  @Test
  void videoIsFoundAtItsOldRegistersToo() throws IOException {
    for (int base : new int[] {0x12000, 0x1c0000}) {
      AubRecording recording = start(givenBatch(END)).submit(base).recording();
      assertEquals("vcs0 0 1000 MI_BATCH_BUFFER_START", decodeAll(recording).getFirst());
    }
  }

  @Test
  void aBatchOnAPageThatWasNeverWrittenIsNotThere() throws IOException {
    AubBuilder aub = start(tigerLake().context(BATCH, 0x300000)).submit(RENDER);
    assertEquals("not captured", decodeAll(aub.recording()).get(1));
  }

  @Test
  void aLargePageIsAPageOfTwoMebibytes() throws IOException {
    AubBuilder aub = tigerLake().context(0x40000000, 0);
    aub.memory(PHYSICAL, 0x102000, 0x400083, 0).memory(PHYSICAL, 0x401000, END);
    aub.ring(0x18800101, 0x40001000, 0, 0).submit(RENDER);
    assertEquals("rcs0 1 40001000 MI_BATCH_BUFFER_END", decodeAll(aub.recording()).get(1));
  }

  @Test
  void pageTablesThatMapThemselvesHaveAnEnd() throws IOException {
    AubBuilder aub = tigerLake().context(BATCH, 0x300000);
    int[] toItself = new int[1024];
    for (int i = 0; i < toItself.length; i += 2) toItself[i] = 0x100003;
    aub.memory(PHYSICAL, 0x100000, toItself);
    AubSubmission submission = start(aub).submit(RENDER).recording().next().orElseThrow();
    var count = new int[1];
    submission.decode(decoder).forEach(_ -> count[0]++);
    assertTrue(count[0] > 2);
  }

  @Test
  void aContextThatWasNeverWrittenIsDamage() throws IOException {
    AubRecording recording = tigerLake().submit(RENDER).recording();
    assertTrue(recording.next().isEmpty());
    assertTrue(recording.damages().getFirst().why().contains("image was never written"));
  }

  @Test
  void aRingThatWasNeverWrittenIsDamage() throws IOException {
    AubBuilder aub = tigerLake().context(BATCH, 0x300000).memory(GGTT, 0x3008 + 28, 0x7000);
    AubRecording recording = aub.memory(GGTT, 0x301c, 16).submit(RENDER).recording();
    assertTrue(recording.next().isEmpty());
    assertTrue(recording.damages().getFirst().why().contains("ring was never written"));
  }

  @Test
  void writesThatNoPageTableLeadsAnywhereAreCounted() throws IOException {
    AubRecording recording = tigerLake().memory(GGTT, 0x5000, 1, 2).recording();
    assertTrue(recording.next().isEmpty());
    assertTrue(recording.damages().getFirst().what().startsWith("8 bytes"));
  }

  @Test
  void aClassicRingIsExecutedAsItIsWritten() throws IOException {
    AubBuilder aub = new AubBuilder();
    aub.dwordsOf(0xe085000b, 4 << 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    aub.dwordsOf(0xe0c10004, 0x101, 0, 0x5000, 8, 0, ARB_CHECK, END);
    aub.dwordsOf(0xe0c10004, 0x202, 0, 0x1000, 12, 0, 0x18800001, 0x5000, 0);
    assertEquals(
        List.of(
            "rcs0 0 1000 MI_BATCH_BUFFER_START",
            "rcs0 1 5000 MI_ARB_CHECK",
            "rcs0 1 5004 MI_BATCH_BUFFER_END"),
        decodeAll(aub.recording()));
  }

  @Test
  void memoryBeyondTheLimitIsLost() {
    var memory = new AubMemory(2);
    for (int page = 0; page < 4; page++) {
      memory.write(
          new AubPacket.MemoryWrite(0, AubSpace.PHYSICAL, page * 4096L, Bytes.of((byte) 1)));
    }
    assertEquals(2, memory.lostBytes());
  }
}
