package dev.systole.bridge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the shared corpus; without it a test is skipped. */
public final class SharedCorpus {
  private SharedCorpus() {}

  /** The AUBs whose names match, in the order of their names. */
  public static List<Path> recordings(String pattern) throws IOException {
    return files("corpus/aub", pattern + "\\.aub\\.gz");
  }

  /** The error states whose names match, in the order of their names. */
  public static List<Path> errorStates(String pattern) throws IOException {
    return files("corpus/error-states", pattern + "\\.error(\\.gz)?");
  }

  private static List<Path> files(String name, String pattern) throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Path folder =
        Stream.of(
                Path.of(System.getProperty("systole.shared", "")),
                project.resolve("../shared"),
                project.resolve("../../shared"))
            .map(shared -> shared.resolve(name).normalize())
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    assumeTrue(folder != null, "the shared corpus is not here");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }
}
