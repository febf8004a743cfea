package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is left of a damaged file is read, and the damage is told. */
class DamagedFileTest {
  private static final List<String> FILES = Samples.OWN;
  private static final int CUT_STEP_BYTES = 97;
  private static final int FLIPS_PER_FILE = 300;

  @ParameterizedTest
  @FieldSource("FILES")
  void cutAnywhereEveryWholeObjectBeforeTheCutIsRead(String name) throws IOException {
    byte[] whole = Samples.own(name);
    ErrorState intact = Samples.read(whole);
    for (int cut = 1; cut < whole.length; cut += CUT_STEP_BYTES) {
      byte[] kept = Arrays.copyOf(whole, cut);
      ErrorState state;
      try {
        state = Samples.read(kept);
      } catch (ErrorStateException e) {
        assertTrue(cut < 200, "cut at " + cut + ": " + e.getMessage());
        continue;
      }
      assertEquals(Bytes.of(kept), state.text());
      assertFalse(state.damages().isEmpty() && cut < whole.length - 1000, "cut at " + cut);
      assertPrefixOf(intact.objects(), state.objects(), "cut at " + cut);
    }
  }

  private static void assertPrefixOf(
      List<CapturedObject> whole, List<CapturedObject> cut, String where) {
    for (int i = 0; i < cut.size(); i++) {
      byte[] opened = cut.get(i).bytes().toByteArray();
      byte[] all = whole.get(i).bytes().toByteArray();
      assertTrue(opened.length <= all.length, where);
      assertEquals(-1, Arrays.mismatch(opened, Arrays.copyOf(all, opened.length)), where);
      if (i < cut.size() - 1) assertEquals(all.length, opened.length, where);
    }
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void flippedBitsNeverBreakTheReader(String name) {
    byte[] whole = Samples.own(name);
    for (long seed = 0; seed < FLIPS_PER_FILE; seed++) {
      var random = new Random(seed);
      byte[] flipped = whole.clone();
      for (int i = random.nextInt(1, 20); i > 0; i--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      readAll(flipped, name + " seed " + seed);
    }
  }

  @Test
  void noiseNeverBreaksTheReader() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      byte[] noise = new byte[random.nextInt(1, 4000)];
      for (int i = 0; i < noise.length; i++) noise[i] = (byte) random.nextInt(9, 128);
      readAll(noise, "noise of seed " + seed);
    }
  }

  private static void readAll(byte[] bytes, String what) {
    try {
      ErrorState state = Samples.read(bytes);
      assertEquals(Bytes.of(bytes), state.text(), what);
      state.damages();
    } catch (ErrorStateException refused) {
      assertFalse(refused.getMessage().contains("\n"), what);
    } catch (RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  @Test
  void carriageReturnsAreReadOverAndToldOnce() throws IOException {
    String unix = Samples.text(Samples.own("o01-tgl-3dprimitive.error"));
    ErrorState dos = Samples.read(unix.replace("\n", "\r\n"));
    assertSameEngines(Samples.read(unix), dos);
    assertEquals(List.of("lines end in CR LF"), dos.damages().stream().map(Damage::what).toList());
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void lostIndentationIsReadOverAndTold(String name) throws IOException {
    String whole = Samples.text(Samples.own(name));
    ErrorState state = Samples.read(whole.replaceAll("(?m)^[ \\t]+", ""));
    assertSameEngines(Samples.read(whole), state);
    assertEquals(Samples.read(whole).properties(), state.properties());
    assertTrue(
        state.damages().stream()
            .anyMatch(damage -> damage.what().equals("the indentation is lost")));
  }

  private static void assertSameEngines(ErrorState expected, ErrorState found) {
    assertEquals(expected.engines().size(), found.engines().size());
    for (int i = 0; i < expected.engines().size(); i++) {
      EngineState one = expected.engines().get(i);
      EngineState other = found.engines().get(i);
      assertEquals(one.registers(), other.registers());
      assertEquals(one.ports(), other.ports());
      assertEquals(one.context(), other.context());
      assertEquals(
          one.objects().stream().map(CapturedObject::bytes).toList(),
          other.objects().stream().map(CapturedObject::bytes).toList());
    }
  }

  @Test
  void cutGzipIsReadAsFarAsItUnzips() throws IOException {
    byte[] whole = Samples.own("o01-tgl-3dprimitive.error");
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(whole);
    }
    byte[] half = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
    ErrorState state = Samples.read(half);
    assertEquals("TIGERLAKE", state.platform().orElseThrow());
    assertTrue(state.damages().getFirst().what().startsWith("unzipping ends after "));
  }

  @Test
  void aChangedCharacterInAPayloadIsTold() throws IOException {
    String whole = Samples.text(Samples.own("o01-tgl-3dprimitive.error"));
    int place = whole.indexOf(":", whole.indexOf("--- batch")) + 200;
    ErrorState state =
        Samples.read(whole.substring(0, place) + '\u00e4' + whole.substring(place + 1));
    Damage damage = state.damages().getFirst();
    assertTrue(damage.what().startsWith("character 0xe4 is no ascii85"), damage.what());
    assertTrue(damage.offsetBytes() > place - 5 && damage.offsetBytes() <= place);
    assertEquals(1, state.damages().size());
  }

  @Test
  void foreignFilesAreRefusedInOneLine() {
    assertRefused("sample: the file is empty", "");
    assertRefused(
        "sample: the kernel had nothing to tell: \"No error state collected\"",
        "No error state collected\n");
    assertRefused(
        "sample: not an i915 error state: neither its header, an engine nor an object is in it",
        "Kernel: panic\nDear reader,\n\tthis is a letter: hello.\n");
  }

  private static void assertRefused(String message, String text) {
    var refused = assertThrows(ErrorStateException.class, () -> Samples.read(text));
    assertEquals(message, refused.getMessage());
  }
}
