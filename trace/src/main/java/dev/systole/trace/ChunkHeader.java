package dev.systole.trace;

import java.nio.ByteBuffer;

/**
 * What stands before the stored bytes of a chunk, 52 bytes, little endian:
 *
 * <pre>
 *  0 u32 magic              "SYCH"
 *  4 u8  kind               1 events, 2 blob, 3 header copy, 4 index; others are skipped
 *  5 u8  codec              0 stored as it is, 1 one LZ4 block
 *  6 u16 zero
 *  8 u64 first event        number of its first event
 * 16 u32 events             how many
 * 20 u32 raw length         of the payload
 * 24 s64 first time         nanoseconds
 * 32 s64 last time          nanoseconds
 * 40 u32 stored length      of the bytes that follow this header
 * 44 u32 checksum           CRC-32C of the stored bytes
 * 48 u32 header checksum    CRC-32C of the 48 bytes before
 * </pre>
 */
record ChunkHeader(
    int kind, int codec, ChunkRange range, int rawLength, int storedLength, int checksum) {
  static final int BYTES = 52;
  static final int MAGIC = 0x48435953;

  static final int KIND_EVENTS = 1;
  static final int KIND_BLOB = 2;
  static final int KIND_HEADER_COPY = 3;
  static final int KIND_INDEX = 4;

  static final int CODEC_NONE = 0;
  static final int CODEC_LZ4 = 1;

  private static final int CHECKSUM_OFFSET = 48;

  byte[] toBytes() {
    var bytes = new byte[BYTES];
    ByteBuffer out = Format.littleEndian(bytes);
    out.putInt(MAGIC).put((byte) kind).put((byte) codec).putShort((short) 0);
    out.putLong(range.firstEvent()).putInt(range.eventCount()).putInt(rawLength);
    out.putLong(range.firstTimeNanos()).putLong(range.lastTimeNanos());
    out.putInt(storedLength).putInt(checksum);
    out.putInt(Format.crc(bytes, 0, CHECKSUM_OFFSET));
    return bytes;
  }

  /** The header that begins at the buffer's byte, or null if none does. */
  static ChunkHeader parse(byte[] bytes, int offset) {
    ByteBuffer in = Format.littleEndian(bytes).position(offset);
    if (in.remaining() < BYTES || in.getInt() != MAGIC) return null;
    if (in.getInt(offset + CHECKSUM_OFFSET) != Format.crc(bytes, offset, CHECKSUM_OFFSET))
      return null;
    int kind = in.get() & 0xFF;
    int codec = in.get() & 0xFF;
    in.getShort();
    long firstEvent = in.getLong();
    int eventCount = in.getInt();
    int rawLength = in.getInt();
    var range = new ChunkRange(firstEvent, eventCount, in.getLong(), in.getLong());
    return new ChunkHeader(kind, codec, range, rawLength, in.getInt(), in.getInt());
  }

  /** The largest raw length that is believed. */
  int longestRawBytes() {
    return kind == KIND_EVENTS ? Format.LONGEST_EVENTS_BYTES : Format.LONGEST_BLOB_BYTES;
  }
}
