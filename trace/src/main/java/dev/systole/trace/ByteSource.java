package dev.systole.trace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a trace, wherever they are. */
sealed interface ByteSource extends Closeable {

  long lengthBytes();

  /**
   * @throws EOFException when they are not all there; nothing is allocated then
   */
  byte[] read(long offset, int length) throws IOException;

  /** The file's bytes as they stand there, or inflated in memory where they are gzipped. */
  static ByteSource open(Path path) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ);
    var file = new File(channel, channel.size());
    if (file.lengthBytes < 2 || !isGzip(file.read(0, 2))) return file;
    try (channel) {
      return read(Channels.newInputStream(channel.position(0)));
    }
  }

  /** All that the stream has, inflated where it is gzipped. */
  static ByteSource read(InputStream in) throws IOException {
    byte[] bytes = limited(in.readNBytes(Format.LONGEST_STREAM_BYTES + 1));
    if (bytes.length < 2 || !isGzip(bytes)) return new Memory(bytes);
    return new Memory(limited(inflated(bytes)));
  }

  /** What can be inflated: of a cut or damaged gzip file, what stands before the damage. */
  private static byte[] inflated(byte[] gzip) throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1 << 16];
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      for (int length = in.read(buffer);
          length >= 0 && out.size() <= Format.LONGEST_STREAM_BYTES;
          length = in.read(buffer)) out.write(buffer, 0, length);
    } catch (EOFException | ZipException e) {
      if (out.size() == 0) throw e;
    }
    return out.toByteArray();
  }

  private static byte[] limited(byte[] bytes) throws IOException {
    if (bytes.length <= Format.LONGEST_STREAM_BYTES) return bytes;
    throw new IOException(
        "more than "
            + Format.LONGEST_STREAM_BYTES
            + " bytes: too long for a stream or a gzipped file; store the trace as a plain file");
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
  }

  /** Bytes in memory. */
  final class Memory implements ByteSource {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      checkRange(this, offset, length);
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    @Override
    public void close() {}
  }

  /** Bytes in a file, which may grow meanwhile. */
  record File(FileChannel channel, long lengthBytes) implements ByteSource {
    @Override
    public byte[] read(long offset, int length) throws IOException {
      checkRange(this, offset, length);
      var buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining())
        if (channel.read(buffer, offset + buffer.position()) < 0)
          throw new EOFException("the file became shorter");
      return buffer.array();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static void checkRange(ByteSource source, long offset, int length) throws EOFException {
    if (offset < 0 || length < 0 || offset > source.lengthBytes() - length)
      throw new EOFException("the file ends at byte " + source.lengthBytes());
  }
}
