package dev.systole.bridge.aub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recordings of the shared corpus; without it a test is skipped. */
final class SharedCorpus {
  private SharedCorpus() {}

  /** The recordings whose names match, in the order of their names. */
  static List<Path> recordings(String pattern) throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    Path folder =
        Stream.of(
                Path.of(System.getProperty("systole.shared", "")),
                project.resolve("../shared"),
                project.resolve("../../shared"))
            .map(shared -> shared.resolve("corpus/aub").normalize())
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(null);
    assumeTrue(folder != null, "the shared corpus is not here");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(pattern + "\\.aub\\.gz"))
          .sorted()
          .toList();
    }
  }
}
