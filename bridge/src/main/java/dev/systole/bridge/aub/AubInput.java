package dev.systole.bridge.aub;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of an AUB, unzipped where necessary. */
final class AubInput implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x8b1f;

  private final InputStream in;
  private final boolean gzipped;
  private final long maxBytes;
  private long offset;
  private String damage;

  /**
   * Reads a stream, of which nothing was read yet.
   *
   * @param maxBytes what is unzipped at most: a small file may claim to be huge
   */
  AubInput(InputStream raw, long maxBytes) throws IOException {
    var buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    buffered.mark(2);
    gzipped = isGzip(buffered.readNBytes(2));
    buffered.reset();
    this.maxBytes = maxBytes;
    in = gzipped ? new BufferedInputStream(open(buffered), BUFFER_BYTES) : buffered;
  }

  static boolean isGzip(byte[] head) {
    return head.length >= 2 && ((head[0] & 0xff) | (head[1] & 0xff) << 8) == GZIP_MAGIC;
  }

  private InputStream open(InputStream zipped) throws IOException {
    try {
      return new GZIPInputStream(zipped, BUFFER_BYTES);
    } catch (EOFException | ZipException e) {
      damage = "the .gz cannot be unzipped: " + e.getMessage();
      return InputStream.nullInputStream();
    }
  }

  /** How many bytes were read. */
  long offset() {
    return offset;
  }

  /** Why there is no more to read, when it is not that the file ends. */
  Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  /** The next bytes; fewer than asked for where the file ends or cannot be unzipped any further. */
  byte[] read(int count) throws IOException {
    byte[] bytes = new byte[Math.min(count, BUFFER_BYTES)];
    int size = 0;
    while (size < count && damage == null) {
      if (size == bytes.length) bytes = Arrays.copyOf(bytes, Math.min(count, 2 * size));
      int length = readSome(bytes, size);
      if (length < 0) break;
      size += length;
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private int readSome(byte[] bytes, int from) throws IOException {
    try {
      int length = in.read(bytes, from, bytes.length - from);
      if (length > 0) offset += length;
      if (gzipped && offset > maxBytes) {
        damage = "the .gz holds more than %d bytes".formatted(maxBytes);
      }
      return length;
    } catch (EOFException | ZipException e) {
      if (!gzipped) throw e;
      damage = "the .gz is cut or changed: " + e.getMessage();
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
