package dev.systole.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last 32 bytes of a finished file, little endian:
 *
 * <pre>
 *  0 u64 index       where its chunk begins
 *  8 u64 events      how many the file has
 * 16 u32 chunks      how many the file has, of all kinds
 * 20 u32 checksum    CRC-32C of the 20 bytes before
 * 24     magic       89 'E' 'N' 'D' 0D 0A 1A 0A
 * </pre>
 */
record Footer(long indexOffset, long eventCount, int chunkCount) {
  private static final int CHECKSUM_OFFSET = 20;
  private static final int MAGIC_OFFSET = 24;

  byte[] toBytes() {
    var bytes = new byte[Format.FOOTER_BYTES];
    ByteBuffer out = Format.littleEndian(bytes);
    out.putLong(indexOffset).putLong(eventCount).putInt(chunkCount);
    out.putInt(Format.crc(bytes, 0, CHECKSUM_OFFSET)).put(Format.END_MAGIC);
    return bytes;
  }

  /** The footer, if it begins there and ends the file, or null. */
  static Footer readAt(ChunkStore file, long offset) throws IOException {
    if (offset < 0 || offset != file.lengthBytes() - Format.FOOTER_BYTES) return null;
    byte[] bytes = file.read(offset, Format.FOOTER_BYTES);
    ByteBuffer in = Format.littleEndian(bytes);
    byte[] magic = Arrays.copyOfRange(bytes, MAGIC_OFFSET, Format.FOOTER_BYTES);
    if (!Arrays.equals(magic, Format.END_MAGIC)) return null;
    if (in.getInt(CHECKSUM_OFFSET) != Format.crc(bytes, 0, CHECKSUM_OFFSET)) return null;
    return new Footer(in.getLong(), in.getLong(), in.getInt());
  }
}
