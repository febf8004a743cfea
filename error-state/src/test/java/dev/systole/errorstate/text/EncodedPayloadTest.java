package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Damage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedPayloadTest {
  private static final int UNLIMITED = EncodedPayload.MAX_OBJECT_BYTES;

  private static EncodedPayload payload(String line, int maxBytes) {
    Bytes text = Bytes.of(line.getBytes(StandardCharsets.ISO_8859_1));
    return new EncodedPayload(text, new Line(1, 0, 0, text.sizeBytes(), true), maxBytes);
  }

  private static String encoded(byte[] bytes) {
    var out = new StringBuilder();
    EncodedPayload.encode(Bytes.of(bytes), out);
    return out.toString();
  }

  /** Bytes that deflate somewhat, like commands and state. */
  private static byte[] pages(long seed) {
    var random = new Random(seed);
    byte[] pages = new byte[4096 * random.nextInt(1, 20)];
    for (int i = random.nextInt(64); i < pages.length; i += random.nextInt(1, 64)) {
      pages[i] = (byte) random.nextInt(16);
    }
    return pages;
  }

  @Test
  void whatIsEncodedIsOpenedAgain() {
    for (long seed = 0; seed < 50; seed++) {
      byte[] pages = pages(seed);
      EncodedPayload payload = payload(encoded(pages), UNLIMITED);
      assertEquals(Bytes.of(pages), payload.bytes(), "seed " + seed);
      assertEquals(Optional.empty(), payload.damage(), "seed " + seed);
    }
  }

  @Test
  void aCutStreamGivesItsCorrectBeginning() {
    for (long seed = 0; seed < 50; seed++) {
      byte[] pages = pages(seed);
      String whole = encoded(pages);
      // The last words may be nothing but the checksum.
      int cut = new Random(~seed).nextInt(1, whole.length() - 12);
      EncodedPayload payload = payload(whole.substring(0, cut), UNLIMITED);
      byte[] opened = payload.bytes().toByteArray();
      int wrong = Arrays.mismatch(opened, Arrays.copyOf(pages, opened.length));
      assertEquals(-1, wrong, "seed " + seed);
      assertTrue(payload.damage().isPresent(), "seed " + seed);
    }
  }

  @Test
  void aWrongChecksumMakesAllOfItDoubtful() {
    byte[] pages = pages(1);
    String whole = encoded(pages);
    int last = whole.length() - 3;
    char changed = whole.charAt(last) == '!' ? '"' : '!';
    EncodedPayload payload =
        payload(whole.substring(0, last) + changed + whole.substring(last + 1), UNLIMITED);
    Damage damage = payload.damage().orElseThrow();
    assertTrue(damage.what().startsWith("the zlib stream is broken"), damage.what());
    assertTrue(damage.why().contains("before this place too"));
  }

  @Test
  void openingStopsAtTheLimitWhateverUnfolds() {
    String zeros = encoded(new byte[1 << 22]);
    assertTrue(zeros.length() < 1 << 13);
    EncodedPayload payload = payload(zeros, 1 << 18);
    assertTrue(payload.damage().orElseThrow().what().startsWith("more than 262144 bytes unfold"));
    assertTrue(payload.bytes().sizeBytes() <= (1 << 18) + (1 << 16));
    EncodedPayload raw = payload("~" + "z".repeat(1 << 17), 1 << 18);
    assertTrue(raw.damage().orElseThrow().what().startsWith("more than 262144 bytes unfold"));
  }

  @Test
  void uncompressedWordsAreCopied() {
    EncodedPayload payload = payload("~z\"TSN&", UNLIMITED);
    assertEquals(8, payload.bytes().sizeBytes());
    assertEquals(0x05000000, payload.bytes().dword(4));
  }
}
