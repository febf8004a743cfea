package dev.systole.shell;

import static dev.systole.shell.CommandLineFixture.systole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.shell.CommandLineFixture.Result;
import org.junit.jupiter.api.Test;

class ListVerbTest {
  @Test
  void aListIsOneObjectWithOneArray() {
    String json = systole("list", "commands", "--format", "json").out();
    assertTrue(json.startsWith("{\"commands\":[{\"name\":\"MI_NOOP\",\"header\":\"0x00000000\""));
    assertTrue(json.endsWith("}]}\n"));
  }

  @Test
  void textHasARowForEach() {
    String text = systole("list", "registers").out();
    assertTrue(text.contains("\nRING_TAIL "), text);
  }

  @Test
  void anUnknownListGetsASuggestion() {
    Result result = systole("list", "regsters");
    assertEquals(2, result.exitCode());
    assertEquals("systole: unknown list 'regsters'; did you mean 'registers'?\n", result.err());
  }
}
