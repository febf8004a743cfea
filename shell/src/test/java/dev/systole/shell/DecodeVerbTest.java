package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.sample;
import static dev.systole.shell.CommandLineFixture.systole;
import static dev.systole.shell.CommandLineFixture.systoleWithInput;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecodeVerbTest {
  private static final String HUNG = sample("o01-tgl-3dprimitive.error").toString();

  @Test
  void marksTheCommandThatHung() {
    List<String> marked =
        systole("decode", HUNG).out().lines().filter(line -> line.contains("<-- HUNG")).toList();
    assertEquals(1, marked.size(), marked.toString());
    assertTrue(marked.getFirst().contains("fffeffef00bc"), marked.getFirst());
    assertTrue(marked.getFirst().contains("3DPRIMITIVE"), marked.getFirst());
  }

  @Test
  void jsonIsAnObjectALineForEachCommand() {
    List<String> lines = systole("decode", "--format", "json", HUNG).out().lines().toList();
    for (String line : lines) {
      assertTrue(line.startsWith("{\"engine\":\"rcs0\",\"buffer\":\""), line);
      assertTrue(line.endsWith("}"), line);
    }
    List<String> hung = lines.stream().filter(line -> line.endsWith("\"hung\":true}")).toList();
    assertEquals(1, hung.size());
    assertTrue(hung.getFirst().contains("\"address\":\"0xfffeffef00bc\""), hung.getFirst());
  }

  @Test
  void briefLeavesTheFieldsOut() {
    String brief = systole("decode", "--brief", HUNG).out();
    assertTrue(brief.contains("<-- HUNG"));
    assertTrue(systole("decode", HUNG).out().contains("Post Sync Operation"));
    assertFalse(brief.contains("Post Sync Operation"));
  }

  @Test
  void standardInputMayBeGzipped() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      Files.copy(sample("o01-tgl-3dprimitive.error"), gzip);
    }
    Result result = systoleWithInput(zipped.toByteArray(), "decode", "-");
    assertEquals(systole("decode", HUNG).out(), result.out());
  }

  @Test
  void aRecordingIsDecodedSubmissionBySubmission() {
    String recording = sample("rkl-va-h264.aub.gz").toString();
    String text = systole("decode", "--brief", recording).out();
    assertTrue(text.startsWith("vcs0: submission 1 at byte "), text);
    assertTrue(text.contains("\n\nvcs0: submission 2 at byte "), text);
    List<String> lines = systole("decode", "--format", "json", recording).out().lines().toList();
    assertEquals(80, lines.size());
    for (String line : lines) assertTrue(line.endsWith("\"hung\":false}"), line);
  }

  @Test
  void standardInputMayBeARecording() throws IOException {
    Path recording = sample("rkl-va-h264.aub.gz");
    Result result = systoleWithInput(Files.readAllBytes(recording), "decode", "-");
    assertEquals(systole("decode", recording.toString()).out(), result.out());
  }

  @Test
  void aCutRecordingIsDecodedUpToTheCut() throws IOException {
    byte[] bytes = Files.readAllBytes(sample("rkl-va-h264.aub.gz"));
    Result result = systoleWithInput(Arrays.copyOf(bytes, 4000), "decode", "--brief", "-");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("vcs0: submission 1 at byte "), result.out());
    assertTrue(result.err().contains("the .gz is cut or changed"), result.err());
  }

  @Test
  void aRecordingWithoutSubmissionsIsToldSo() throws IOException {
    byte[] version = HexFormat.of().parseHex("04000ef701000000001600000000000000000000");
    Result result = systoleWithInput(version, "decode", "-");
    assertEquals(0, result.exitCode());
    assertTrue(result.err().contains("not of a Gen12 device"), result.err());
    assertTrue(result.err().contains("nothing is submitted"), result.err());
  }

  @Test
  void colourIsOnRequest() {
    assertTrue(systole("decode", HUNG, "--color", "always").out().contains("\u001b[1;31m"));
    assertFalse(systole("decode", HUNG).out().contains("\u001b"));
  }

  @Test
  void aForeignFileIsOneClearLine() {
    byte[] foreign = "hello".getBytes(StandardCharsets.UTF_8);
    Result result = systoleWithInput(foreign, "decode", "-");
    assertEquals(3, result.exitCode());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("systole: standard input: "), result.err());
  }
}
