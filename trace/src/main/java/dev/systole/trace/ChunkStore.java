package dev.systole.trace;

import java.io.Closeable;
import java.io.IOException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** A file as a store of chunks, read by their places. Believes no length before it is checked. */
final class ChunkStore implements Closeable {
  private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

  /** An LZ4 block cannot hold more than this many bytes per byte of its own. */
  private static final int LZ4_MOST_BYTES_PER_BYTE = 255;

  private final String name;
  private final ByteSource source;

  ChunkStore(String name, ByteSource source) {
    this.name = name;
    this.source = source;
  }

  long lengthBytes() {
    return source.lengthBytes();
  }

  byte[] read(long offset, int length) throws IOException {
    return source.read(offset, length);
  }

  CorruptTraceException corrupt(long offset, String what) {
    return new CorruptTraceException(name, offset, what);
  }

  String name() {
    return name;
  }

  /** The chunk header that begins there. */
  ChunkHeader header(long offset) throws IOException {
    ChunkHeader header = headerOrNull(offset);
    if (header == null) throw corrupt(offset, "no chunk begins here");
    return header;
  }

  /** The chunk header that begins there, or null where none does. */
  ChunkHeader headerOrNull(long offset) throws IOException {
    if (offset < 0 || offset > lengthBytes() - ChunkHeader.BYTES) return null;
    return ChunkHeader.parse(source.read(offset, ChunkHeader.BYTES), 0);
  }

  /** Where the chunk ends, which may be behind the end of the file. */
  static long end(long offset, ChunkHeader header) {
    return offset + ChunkHeader.BYTES + Integer.toUnsignedLong(header.storedLength());
  }

  /** What the chunk holds, checked and unpacked. */
  byte[] payload(long offset, ChunkHeader header) throws IOException {
    if (end(offset, header) > lengthBytes()) throw corrupt(offset, "the chunk is cut");
    int stored = header.storedLength();
    int raw = header.rawLength();
    if (stored < 0 || raw < 0 || raw > header.longestRawBytes())
      throw corrupt(offset, "the chunk is longer than " + header.longestRawBytes() + " bytes");
    boolean packed = header.codec() == ChunkHeader.CODEC_LZ4;
    if (!packed && header.codec() != ChunkHeader.CODEC_NONE)
      throw corrupt(offset, "the chunk has the unknown codec " + header.codec());
    if (packed ? raw / LZ4_MOST_BYTES_PER_BYTE > stored : raw != stored)
      throw corrupt(offset, stored + " stored bytes cannot be " + raw + " bytes");
    byte[] bytes = source.read(offset + ChunkHeader.BYTES, stored);
    if (Format.crc(bytes, 0, stored) != header.checksum())
      throw corrupt(offset, "the chunk's checksum differs");
    return packed ? unpacked(offset, bytes, raw) : bytes;
  }

  private byte[] unpacked(long offset, byte[] stored, int rawLength) throws IOException {
    var raw = new byte[rawLength];
    try {
      if (LZ4.decompress(stored, 0, stored.length, raw, 0, rawLength) == rawLength) return raw;
    } catch (LZ4Exception _) {
      // Said below.
    }
    throw corrupt(offset, "the chunk's LZ4 block is not " + rawLength + " bytes");
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
