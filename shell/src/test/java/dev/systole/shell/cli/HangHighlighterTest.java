package dev.systole.shell.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HangHighlighterTest {
  @Test
  void onlyLinesAboutTheHangAreColoured() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(new HangHighlighter(bytes), false, StandardCharsets.UTF_8)) {
      out.print("before\nä <-- HUNG\nSHUNGITE\nno end");
    }
    assertEquals(
        "before\n\u001b[1;31mä <-- HUNG\u001b[0m\nSHUNGITE\nno end",
        bytes.toString(StandardCharsets.UTF_8));
  }
}
