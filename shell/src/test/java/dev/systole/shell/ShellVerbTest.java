package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.sample;
import static dev.systole.shell.CommandLineFixture.systole;
import static dev.systole.shell.CommandLineFixture.systoleWithInput;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellVerbTest {
  private static final String HUNG = sample("o01-tgl-3dprimitive.error").toString();
  private static final String TWO_ENGINES = sample("o12-rkl-two-engines.error").toString();

  @Test
  void commandsAreSeparatedBySemicolonsAndMayHaveComments() {
    Result result = systole("shell", HUNG, "-c", "regs rcs0 ACTHD; # nothing\nregs IPEHR");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        """
          ACTHD                    0x0000fffeffef00d8
          IPEHR                    0x7b000005
        """,
        result.out());
  }

  @Test
  void aScriptOnStandardInputDoesTheSame() {
    byte[] script = "regs rcs0 ACTHD\nquit\nregs IPEHR\n".getBytes(StandardCharsets.UTF_8);
    Result result = systoleWithInput(script, "shell", HUNG);
    assertEquals("  ACTHD                    0x0000fffeffef00d8\n", result.out());
  }

  @Test
  void theErrorStateItselfMayComeFromStandardInput() throws Exception {
    byte[] file = Files.readAllBytes(Path.of(HUNG));
    Result result = systoleWithInput(file, "shell", "-", "-c", "info");
    assertTrue(result.out().contains("GPU HANG: ecode 12:1:84defffb, in cubes [4001]"));
  }

  @Test
  void helpListsWhatTheDesignPromises() {
    String help = systole("shell", HUNG, "-c", "help").out();
    for (String command :
        new String[] {
          "help", "info", "engines", "regs", "ring", "batch", "decode", "x", "timeline", "quit"
        }) {
      assertTrue(help.contains("\n  " + command) || help.startsWith("  " + command), command);
    }
  }

  @Test
  void memoryIsShownWhereItWasCaptured() {
    Result result = systole("shell", HUNG, "-c", "x 0xfffeffef00bc 2");
    assertEquals("0x" + "fffeffef00bc  7b000005 00000100  rcs0 batch+0x20bc\n", result.out());
  }

  @Test
  void theEngineThatHungComesFirst() {
    String engines = systole("shell", TWO_ENGINES, "-c", "engines").out();
    assertTrue(engines.contains("rcs0  HUNG"), engines);
    assertTrue(engines.contains("vcs0  not hung"), engines);
  }

  @Test
  void aCommandThatFailsEndsTheScriptWithOneLine(@TempDir Path folder) {
    Path file = folder.resolve("out");
    Result result = systole("shell", HUNG, "-o", file.toString(), "-c", "info; regs rcs9; info");
    assertEquals(2, result.exitCode());
    assertEquals("systole: no register of rcs0 has 'RCS9' in its name\n", result.err());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aMissingFileIsUnreadable() {
    Result result = systole("shell", "absent.error", "-c", "info");
    assertEquals(3, result.exitCode());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
