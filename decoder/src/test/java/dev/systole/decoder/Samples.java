package dev.systole.decoder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.text.ErrorStateReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Error states to test with: a few beside the tests, the others in the shared corpus. */
public final class Samples {
  private Samples() {}

  /** One of those beside the tests. */
  public static ErrorState own(String name) throws IOException {
    return ErrorStateReader.read(Bytes.of(ownBytes(name)), name);
  }

  static byte[] ownBytes(String name) throws IOException {
    try (InputStream in = Samples.class.getResourceAsStream(name + ".error")) {
      return in.readAllBytes();
    }
  }

  /** A folder of the corpus; without the corpus the calling test is skipped. */
  static Path corpus(String folder) {
    Path project = Path.of("").toAbsolutePath().getParent();
    Path shared =
        Stream.of(
                Path.of(System.getProperty("systole.shared", "")),
                project.resolve("../shared"),
                project.resolve("../../shared"))
            .filter(path -> Files.isDirectory(path.resolve("corpus")))
            .findFirst()
            .orElse(project);
    Path found = shared.resolve("corpus").resolve(folder).normalize();
    assumeTrue(Files.isDirectory(found), "the corpus is not here: " + found);
    return found;
  }

  static List<Path> corpusFiles(String folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(corpus(folder))) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }
}
