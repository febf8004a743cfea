package dev.systole.spec;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Loads a {@link Spec} from files in the genxml schema (mesa-igt-tools.md 6.1), ours or Mesa's. A
 * file may import others; what it defines itself replaces what it imports under the same name.
 *
 * <p>Beyond the schema our files have: {@code engine="video-enhance"}; for registers {@code
 * base="engine"} ({@code num} counts from the base of every engine of the classes of {@code
 * engine=}), {@code masked="true"}, and {@code count=} with {@code stride=} in bytes for rows.
 */
public final class SpecLoader {
  /** Opens a data file by the name that an import gives it. */
  @FunctionalInterface
  public interface Source {
    InputStream open(String fileName) throws IOException;
  }

  /** Mesa's longest chain of imports, gen30 down to gen4, has 13 files. */
  private static final int MAX_OPEN_FILES = 32;

  /** Mesa's longest file has 274 KB. */
  private static final int MAX_FILE_BYTES = 4 << 20;

  private final Source source;
  private final Deque<String> open = new ArrayDeque<>();

  private SpecLoader(Source source) {
    this.source = source;
  }

  /**
   * Loads a file and what it imports.
   *
   * @throws SpecException when a file is missing, is not genxml, or says what cannot be
   */
  public static Spec load(String fileName, Source source) {
    Definitions all = new SpecLoader(source).definitions(fileName);
    all.checkTypes(fileName);
    return all.spec();
  }

  /** The data files that this module contains. */
  static Source builtIn() {
    return fileName -> {
      InputStream file = SpecLoader.class.getResourceAsStream(fileName);
      if (file == null) throw new FileNotFoundException("no such file");
      return file;
    };
  }

  private Definitions definitions(String fileName) {
    if (open.contains(fileName)) throw new SpecException(fileName + ": imports itself");
    if (open.size() == MAX_OPEN_FILES) throw new SpecException(fileName + ": imported too deep");
    open.push(fileName);
    try (InputStream input = source.open(fileName)) {
      return new GenxmlReader(fileName, text(fileName, input), this::definitions).read();
    } catch (CharacterCodingException e) {
      throw new SpecException(fileName + ": not XML: not UTF-8");
    } catch (IOException e) {
      throw new SpecException(fileName + ": cannot be read: " + e.getMessage());
    } finally {
      open.pop();
    }
  }

  private static String text(String fileName, InputStream input) throws IOException {
    byte[] bytes = input.readNBytes(MAX_FILE_BYTES + 1);
    if (bytes.length > MAX_FILE_BYTES) throw new SpecException(fileName + ": longer than 4 MiB");
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
