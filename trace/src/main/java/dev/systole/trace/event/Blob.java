package dev.systole.trace.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Immutable bytes of an event. Long ones stand elsewhere in the file and are read when they are
 * asked for.
 */
public final class Blob {

  /**
   * From this length on, a page, bytes are stored apart, once per content. Shorter ones are mostly
   * command buffers, each a little different from the one before, which compress best side by side.
   */
  public static final int APART_FROM_BYTES = 4096;

  /** Fetches the bytes of a blob that stands apart. */
  @FunctionalInterface
  public interface Source {
    /**
     * @throws IOException when the file is damaged there
     */
    byte[] fetch(ContentHash hash) throws IOException;
  }

  private final byte[] bytes;
  private final ContentHash hash;
  private final long lengthBytes;
  private final Source source;

  private Blob(byte[] bytes, ContentHash hash, long lengthBytes, Source source) {
    this.bytes = bytes;
    this.hash = hash;
    this.lengthBytes = lengthBytes;
    this.source = source;
  }

  /** A copy of some bytes. */
  public static Blob of(byte[] source, int offset, int length) {
    return new Blob(Arrays.copyOfRange(source, offset, offset + length), null, length, null);
  }

  public static Blob of(byte[] source) {
    return of(source, 0, source.length);
  }

  /** Bytes that stand apart. */
  public static Blob apart(ContentHash hash, long lengthBytes, Source source) {
    return new Blob(null, hash, lengthBytes, source);
  }

  public long lengthBytes() {
    return lengthBytes;
  }

  /** What names the bytes in the file, if they stand apart. */
  public Optional<ContentHash> hash() {
    return Optional.ofNullable(hash);
  }

  /**
   * A copy of the bytes.
   *
   * @throws UncheckedIOException when they stand apart and cannot be read there
   */
  public byte[] toBytes() {
    if (bytes != null) return bytes.clone();
    try {
      return source.fetch(hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Equal bytes; of bytes that stand apart, equal hashes. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Blob blob)) return false;
    if (hash != null && blob.hash != null) return hash.equals(blob.hash);
    return lengthBytes == blob.lengthBytes && Arrays.equals(toBytes(), blob.toBytes());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(lengthBytes);
  }

  /** The bytes in hexadecimal, or what names them. */
  @Override
  public String toString() {
    return hash == null
        ? HexFormat.of().formatHex(bytes)
        : "sha256:" + hash + " (" + lengthBytes + " bytes)";
  }
}
