import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks ({@code check ROOT}) or mends ({@code fix ROOT}) the formatting of every Java source of
 * the project. Sources whose time stamp is older than the last good check are not parsed again.
 */
public final class Format {
  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    Path stamp = root.resolve("target/format.stamp");
    long checkedMillis = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : 0;
    long startMillis = System.currentTimeMillis();
    var wrong = new ArrayList<Path>();
    for (Path source : sources(root)) {
      if (Files.getLastModifiedTime(source).toMillis() < checkedMillis) continue;
      String before = Files.readString(source);
      String after = formatted(before, source);
      if (after.equals(before)) continue;
      if (fix) Files.writeString(source, after);
      else wrong.add(root.relativize(source));
    }
    if (!wrong.isEmpty()) {
      wrong.forEach(path -> System.err.println("not formatted: " + path));
      System.err.println("mend with: mvn -q -N validate -Pformat");
      System.exit(1);
    }
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, java.nio.file.attribute.FileTime.fromMillis(startMillis));
  }

  private static String formatted(String source, Path path) {
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    try {
      String tidy = RemoveUnusedImports.removeUnusedImports(source);
      tidy = ImportOrderer.reorderImports(tidy, JavaFormatterOptions.Style.GOOGLE);
      return formatter.formatSource(tidy);
    } catch (FormatterException e) {
      System.err.println(path + ": " + e.getMessage());
      System.exit(1);
      throw new AssertionError(e);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }
}
