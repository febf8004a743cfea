package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.sample;
import static dev.systole.shell.CommandLineFixture.systole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import org.junit.jupiter.api.Test;

class DiagnoseVerbTest {
  private static final String TWO_ENGINES = sample("o12-rkl-two-engines.error").toString();

  @Test
  void namesTheEngineAndTheCommand() {
    Result result = systole("diagnose", TWO_ENGINES);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("rcs0 hangs at 3DPRIMITIVE"), result.out());
    assertTrue(result.out().contains("vcs0 did not hang"), result.out());
  }

  @Test
  void jsonIsOneObjectInOneLine() {
    String json = systole("diagnose", TWO_ENGINES, "--format", "json").out();
    assertEquals(1, json.lines().count(), json);
    assertTrue(json.contains("\"engine\":\"rcs0\""), json);
    assertTrue(
        json.contains("\"hungCommand\":{\"name\":\"3DPRIMITIVE\",\"address\":\"0xfffeffeeef80\""),
        json);
  }

  @Test
  void theShellSaysTheSame() {
    assertEquals(
        systole("diagnose", TWO_ENGINES).out(),
        systole("shell", TWO_ENGINES, "-c", "diagnose").out());
  }
}
