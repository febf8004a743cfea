package dev.systole.shell.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one most probably means. */
public final class Suggestions {
  private Suggestions() {}

  /** One line for an unknown name: {@code unknown fault 'lop'; did you mean 'loop'?} */
  public static String unknown(String what, String name, Collection<String> known) {
    String guess =
        nearest(name, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElseGet(() -> "known: " + String.join(", ", known));
    return "unknown " + what + " '" + name + "'; " + guess;
  }

  /** The known name with the fewest edits from {@code name}, unless that is nearly all of it. */
  static Optional<String> nearest(String name, Collection<String> known) {
    int edits = 1 + name.length() / 3;
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= edits)
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  private static int edits(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int step(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
