package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.systole.errorstate.Bytes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** igt's intel_error_decode accepts what we write; skipped where igt is not installed. */
class PeerDecoderTest {
  private static final String TOOL = "intel_error_decode";

  private static final Pattern OBJECT =
      Pattern.compile("(?m)^[\\w ]+ \\(rcs0\\) at 0x[0-9a-f]{8}_[0-9a-f]{8}");

  @TempDir Path folder;

  @Test
  void igtDecodesEveryObjectThatWeWrite() throws IOException, InterruptedException {
    String decoded = decode(ErrorStateWriter.print(SampleCapture.of(SampleCapture.render())));
    assertFalse(decoded.contains("decode failed"));
    assertTrue(decoded.contains("Detected GEN12 chipset"));
    assertEquals(
        List.of(
            "HW status (rcs0) at 0x00000000_fedfe000",
            "ring (rcs0) at 0x00000000_00c20000",
            "HW context (rcs0) at 0x00000000_00c0e000",
            "batch (rcs0) at 0x00007fff_00100000",
            "user (rcs0) at 0x00007fff_00200000"),
        OBJECT.matcher(decoded).results().map(MatchResult::group).toList());
    assertTrue(decoded.contains("MI_BATCH_BUFFER_END"));
  }

  private String decode(Bytes text) throws IOException, InterruptedException {
    assumeTrue(installed(), TOOL + " of the package intel-gpu-tools is not installed");
    Path file = folder.resolve("written.error");
    Path decoded = folder.resolve("decoded.txt");
    Files.write(file, text.toByteArray());
    Process tool =
        new ProcessBuilder(TOOL, file.toString())
            .redirectErrorStream(true)
            .redirectOutput(decoded.toFile())
            .start();
    assertEquals(0, tool.waitFor());
    return Files.readString(decoded, StandardCharsets.ISO_8859_1);
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, TOOL)));
  }
}
