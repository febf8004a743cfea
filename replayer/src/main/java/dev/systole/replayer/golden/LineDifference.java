package dev.systole.replayer.golden;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says where two texts differ first. */
final class LineDifference {
  private static final String END = "the end of the text";

  private LineDifference() {}

  static String of(byte[] expected, byte[] found) {
    List<String> expectedLines = lines(expected);
    List<String> foundLines = lines(found);
    int line = 0;
    while (line < Math.min(expectedLines.size(), foundLines.size())
        && expectedLines.get(line).equals(foundLines.get(line))) {
      line++;
    }
    return "line %d\n  approved  %s\n  found     %s"
        .formatted(line + 1, at(expectedLines, line), at(foundLines, line));
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }

  private static String at(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : END;
  }
}
