package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.Damage;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.ErrorStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Opens i915 error states of every kernel and generation, whole or damaged, gzipped or not; the
 * grammar stands in the package description. What it cannot make sense of stays in the text, what
 * is wrong becomes {@link Damage}; only a file that is no error state at all is refused.
 */
public final class ErrorStateReader {
  /** Nothing larger is read, unzipped or not. */
  public static final int MAX_FILE_BYTES = 256 << 20;

  private static final int GZIP_MAGIC = 0x8b1f;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final String XE_HEAD = "**** Xe Device Coredump ****";
  private static final String NOTHING_COLLECTED = "No error state collected";

  private ErrorStateReader() {}

  /**
   * Reads a file.
   *
   * @throws ErrorStateException when it cannot be read or holds no i915 error state
   */
  public static ErrorState read(Path file) throws ErrorStateException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (ErrorStateException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new ErrorStateException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new ErrorStateException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name what messages call it
   * @throws ErrorStateException when it cannot be read or holds no i915 error state
   */
  public static ErrorState read(InputStream in, String name) throws ErrorStateException {
    return read(in, name, MAX_FILE_BYTES);
  }

  static ErrorState read(InputStream in, String name, int maxBytes) throws ErrorStateException {
    var out = new ByteArrayOutputStream();
    try {
      copyBounded(in, out, name, maxBytes);
    } catch (ErrorStateException e) {
      throw e;
    } catch (IOException e) {
      throw new ErrorStateException(name + ": cannot be read: " + e.getMessage(), e);
    }
    return read(Bytes.of(out.toByteArray()), name, maxBytes);
  }

  /**
   * Reads the bytes of a file.
   *
   * @param name what messages call it
   * @throws ErrorStateException when they hold no i915 error state
   */
  public static ErrorState read(Bytes file, String name) throws ErrorStateException {
    return read(file, name, MAX_FILE_BYTES);
  }

  private static ErrorState read(Bytes file, String name, int maxBytes) throws ErrorStateException {
    if (file.sizeBytes() == 0) throw new ErrorStateException(name + ": the file is empty");
    boolean gzipped = file.sizeBytes() >= 2 && (file.buffer().getShort(0) & 0xffff) == GZIP_MAGIC;
    return gzipped ? readGzipped(file, name, maxBytes) : parse(file, Optional.empty(), name);
  }

  private static ErrorState readGzipped(Bytes file, String name, int maxBytes)
      throws ErrorStateException {
    var out = new ByteArrayOutputStream();
    Optional<Damage> cut = Optional.empty();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(file.toByteArray()))) {
      copyBounded(in, out, name, maxBytes);
    } catch (ErrorStateException e) {
      throw e;
    } catch (IOException e) {
      if (out.size() == 0) {
        throw new ErrorStateException(name + ": nothing can be unzipped: " + e.getMessage(), e);
      }
      cut = Optional.of(damagedGzip(out.size(), e));
    }
    return parse(Bytes.of(out.toByteArray()), cut, name);
  }

  private static Damage damagedGzip(int unzippedBytes, IOException cause) {
    String what = "unzipping ends after %d bytes".formatted(unzippedBytes);
    return new Damage(1, 0, what, "the .gz is cut or changed: " + cause.getMessage());
  }

  private static void copyBounded(
      InputStream in, ByteArrayOutputStream out, String name, int maxBytes) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int length; (length = in.read(chunk)) >= 0; ) {
      if (out.size() + length > maxBytes) {
        throw new ErrorStateException(
            "%s: larger than %d bytes, no error state is".formatted(name, maxBytes));
      }
      out.write(chunk, 0, length);
    }
  }

  private static ErrorState parse(Bytes text, Optional<Damage> cut, String name)
      throws ErrorStateException {
    if (startsWith(text, XE_HEAD)) {
      throw new ErrorStateException(name + ": a Xe devcoredump, not an i915 error state");
    }
    var parser = new FileParser(text, name);
    cut.ifPresent(parser::damage);
    for (var lines = new Lines(text); lines.hasNext(); ) parser.accept(lines.next());
    if (!parser.recognised()) throw new ErrorStateException(name + ": " + foreign(text));
    return parser.finish();
  }

  private static String foreign(Bytes text) {
    return startsWith(text, NOTHING_COLLECTED)
        ? "the kernel had nothing to tell: \"%s\"".formatted(NOTHING_COLLECTED)
        : "not an i915 error state: neither its header, an engine nor an object is in it";
  }

  private static boolean startsWith(Bytes text, String head) {
    byte[] first = new byte[Math.min(head.length(), text.sizeBytes())];
    text.buffer().get(0, first);
    return new String(first, StandardCharsets.ISO_8859_1).equals(head);
  }
}
