package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.systole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReplayTest {
  @TempDir Path folder;

  @Test
  void whatIsRecordedReplaysIdenticallyAtEveryLevel() {
    String trace = record("triangle");
    Result replay = systole("replay", trace, "--level", "all");
    assertEquals(0, replay.exitCode(), replay.out() + replay.err());
    assertTrue(replay.out().matches("(?s).*level app: [\\d,]+ events, identical\n.*"));
    assertTrue(replay.out().matches("(?s).*level bus: [\\d,]+ events, identical\n.*"));
  }

  @Test
  void anInjectedHangLeavesATraceAnErrorStateAndATimeline() throws IOException {
    String trace = record("two-apps");
    String hung = file("hung.systole");
    String error = file("hung.error");
    String timeline = file("hung.txt");
    Result injected =
        systole(
            "replay",
            trace,
            "-i",
            "loop@rcs0:request=3",
            "-o",
            hung,
            "--error-state",
            error,
            "--timeline",
            timeline);
    assertEquals(0, injected.exitCode(), injected.err());
    assertTrue(injected.out().endsWith(" s of virtual time, in " + hung + "\n"), injected.out());
    assertTrue(Files.readString(Path.of(timeline)).contains("preempt timeout"));
    assertTrue(systole("diagnose", error).out().contains("endless-loop"));
    assertEquals(systole("diagnose", error).out(), systole("diagnose", hung).out());
    assertEquals(Files.readString(Path.of(timeline)), systole("timeline", hung).out());
    Result again = systole("replay", hung, "--level", "all");
    assertEquals(0, again.exitCode(), again.out());
  }

  @Test
  void aTraceMayGoThroughPipes() throws IOException {
    String trace = record("triangle");
    byte[] bytes = Files.readAllBytes(Path.of(trace));
    Result replay = CommandLineFixture.systoleWithInput(bytes, "replay", "-");
    assertEquals(0, replay.exitCode(), replay.err());
  }

  @Test
  void theShellLooksIntoATraceInWhichNothingHung() {
    Result result = systole("shell", record("triangle"), "-c", "info; engines; ring; batch");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("trace of triangle (wddm on tgl)"));
    assertTrue(result.out().contains("3DPRIMITIVE"), result.out());
  }

  @Test
  void aDifferenceIsReportedAndIsExitCodeOne() throws IOException {
    Path golden = Path.of(record("triangle"));
    assertEquals(0, systole("test", golden.toString(), "--accept").exitCode());
    assertEquals(0, systole("test", folder.toString()).exitCode());
    Files.writeString(folder.resolve("triangle.timeline.txt"), "something else\n");
    Result result = systole("test", folder.toString());
    assertEquals(1, result.exitCode());
    assertTrue(result.out().contains("triangle.timeline.txt: line 1"), result.out());
  }

  @Test
  void theDemoLeavesWhatItNames() {
    Result demo = systole("demo", "-o", file("demo"));
    assertEquals(0, demo.exitCode(), demo.err());
    assertTrue(demo.out().contains("identical"));
    assertTrue(demo.out().contains("rcs0 hangs at MI_BATCH_BUFFER_START"), demo.out());
    assertArrayEquals(
        new String[] {
          "hung-timeline.txt", "hung.error", "hung.systole", "triangle.systole", "two-apps.systole"
        },
        sorted(folder.resolve("demo").toFile().list()));
  }

  @Test
  void aDamagedTraceIsNotReplayedButLookedInto() throws IOException {
    Path trace = Path.of(record("triangle"));
    byte[] bytes = Files.readAllBytes(trace);
    bytes[bytes.length / 2] ^= 4;
    Files.write(trace, bytes);
    Result replay = systole("replay", trace.toString());
    assertEquals(3, replay.exitCode(), replay.out());
    assertEquals(1, replay.err().lines().count(), replay.err());
    assertTrue(replay.err().contains("damaged"), replay.err());
    assertEquals(0, systole("timeline", trace.toString()).exitCode());
  }

  @Test
  void nothingIsLeftOfARunThatCannotBegin() {
    Result unknown = systole("record", "two-aps", "-o", file("t.systole"));
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("did you mean 'two-apps'?"), unknown.err());
    String trace = record("triangle");
    Result fault = systole("replay", trace, "-i", "loop@rcs9", "-o", file("hung.systole"));
    assertEquals(2, fault.exitCode());
    assertEquals(1, fault.err().lines().count(), fault.err());
    assertFalse(Files.exists(folder.resolve("t.systole")));
    assertFalse(Files.exists(folder.resolve("hung.systole")));
    Result platform = systole("record", "triangle", "--platform", "dg2");
    assertEquals(2, platform.exitCode());
    assertTrue(platform.err().contains("nothing drives 'dg2'"), platform.err());
  }

  @Test
  void aFaultThatNeverFiresIsTold() {
    Result result = systole("replay", record("triangle"), "-i", "stop@rcs0:request=1000000");
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("never fired"), result.err());
  }

  private String record(String workload) {
    String trace = file(workload + ".systole");
    Result result = systole("record", workload, "-o", trace);
    assertEquals(0, result.exitCode(), result.err());
    return trace;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static String[] sorted(String[] names) {
    Arrays.sort(names);
    return names;
  }
}
