package dev.systole.errorstate.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Error states to test with: a few beside the tests, the others in the shared corpus. */
final class Samples {
  static final List<String> OWN =
      List.of(
          "o01-tgl-3dprimitive.error", "o10-tgl-cut-in-batch.error", "o12-rkl-two-engines.error");

  private Samples() {}

  static byte[] own(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  static List<Path> corpusFiles(String folder, String pattern) {
    try (var files = Files.newDirectoryStream(corpus(folder), pattern)) {
      return Stream.iterate(files.iterator(), i -> i.hasNext(), i -> i)
          .map(i -> i.next())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] unzipped(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".gz")) return bytes;
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }

  static ErrorState read(byte[] bytes) throws ErrorStateException {
    return ErrorStateReader.read(Bytes.of(bytes), "sample");
  }

  static ErrorState read(String text) throws ErrorStateException {
    return read(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
