package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ascii85Test {
  @Test
  void aZeroWordIsOneCharacter() {
    assertEquals("zz", encoded(new byte[8]));
  }

  @Test
  void digitsAreThoseOfTheLittleEndianWordMostSignificantFirst() {
    // MI_NOOP x 3, MI_BATCH_BUFFER_END (mesa-igt-tools.md 1.6).
    assertEquals("zzz\"TSN&", encoded(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5}));
    assertEquals("!!!!\"", encoded(new byte[] {1, 0, 0, 0}));
    assertEquals("s8W-!", encoded(new byte[] {-1, -1, -1, -1}));
  }

  @Test
  void anyBytesComeBackFilledUpToAWord() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      for (int i = random.nextInt(20); i < bytes.length; i += 8) {
        Arrays.fill(bytes, i, Math.min(i + 4, bytes.length), (byte) 0);
      }
      byte[] words = Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
      assertEquals(Bytes.of(words), decoded(encoded(bytes)), "seed " + seed);
    }
  }

  @Test
  void aCutGroupIsNotDecoded() {
    var decoder = decoder("z\"TSN&!!!");
    byte[] buffer = new byte[64];
    assertEquals(8, decoder.read(buffer));
    assertEquals(6, decoder.position());
    assertEquals(Optional.of("the last group has 3 of 5 characters"), decoder.problem());
    assertEquals(0, decoder.read(buffer));
  }

  @Test
  void aGroupBeyond32BitsIsRefused() {
    var decoder = decoder("s8W-\"");
    assertEquals(0, decoder.read(new byte[64]));
    assertTrue(decoder.problem().orElseThrow().contains("32 bits"));
  }

  private static String encoded(byte[] bytes) {
    var out = new StringBuilder();
    Ascii85.encode(Bytes.of(bytes), out);
    return out.toString();
  }

  private static Bytes decoded(String text) {
    byte[] buffer = new byte[text.length() * Ascii85.WORD_BYTES + Ascii85.WORD_BYTES];
    return Bytes.ofPrefix(buffer, decoder(text).read(buffer));
  }

  private static Ascii85.Decoder decoder(String text) {
    Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
    return new Ascii85.Decoder(bytes, 0, bytes.sizeBytes());
  }
}
