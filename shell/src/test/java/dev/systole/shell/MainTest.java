package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.systole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
  @Test
  void printsItsVersion() {
    Result result = systole("--version");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().matches("systole \\d+\\.\\d+\\.\\d+\n"), result.out());
  }

  @Test
  void withoutArgumentsItShowsItsHelpAsAnErrorOfUsage() {
    Result result = systole();
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("Usage: systole VERB"), result.err());
  }

  @Test
  void helpListsEveryVerb() {
    String help = systole("--help").out();
    for (String verb : Verbs.names()) assertTrue(help.contains("\n  " + verb + " "), verb);
  }

  @ParameterizedTest
  @EnumSource(Verbs.class)
  void everyVerbExplainsItselfAndHasTheCommonOptions(Verbs verb) {
    Result result = systole("help", verb.verbName());
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("Usage: systole " + verb.verbName()), result.out());
    for (String option :
        new String[] {"--format", "--output", "--color", "--quiet", "--verbose", "--help"}) {
      assertTrue(result.out().contains(option), option);
    }
  }

  @Test
  void aMisspeltVerbGetsASuggestionInOneLine() {
    Result result = systole("versoin");
    assertEquals(2, result.exitCode());
    assertEquals(
        "systole: unknown verb 'versoin'; did you mean 'version'? ('systole help' explains them)\n",
        result.err());
  }

  @Test
  void anUnknownOptionIsOneLine() {
    Result result = systole("version", "--frmat", "json");
    assertEquals(2, result.exitCode());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().contains("--frmat"), result.err());
  }

  @Test
  void resultsGoWhereTheOptionSays(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("version.json");
    Result result = systole("version", "--format", "json", "-o", file.toString());
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(Files.readString(file).matches("\\{\"version\":\".*\"}\n"));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void aResultThatCannotBeWrittenIsAnErrorOfUsage(@TempDir Path folder) {
    Result result = systole("version", "-o", folder.resolve("absent/file").toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("there is no folder"), result.err());
    assertFalse(Files.exists(folder.resolve("absent")));
  }
}
