package dev.systole.trace;

import dev.systole.trace.HeaderCodec.Decoded;
import dev.systole.trace.coding.BadContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the header at the beginning of a file, or its copy in a chunk. */
final class HeaderReader {

  /** A header and the bytes it takes. */
  record Found(Decoded decoded, long lengthBytes) {}

  private HeaderReader() {}

  /**
   * The header at the beginning of the file.
   *
   * @throws CorruptTraceException when there is none that can be read
   * @throws TraceTooOldException when its version is no longer read
   * @throws TraceTooNewException when its version is not yet read
   */
  static Found read(ChunkStore file) throws IOException {
    long fileBytes = file.lengthBytes();
    if (fileBytes == 0) throw file.corrupt(0, "the file is empty");
    int fixed = (int) Math.min(fileBytes, Format.HEADER_FIXED_BYTES);
    ByteBuffer start = Format.littleEndian(file.read(0, fixed));
    byte[] magic = Arrays.copyOf(start.array(), Math.min(fixed, Format.MAGIC.length));
    if (!Arrays.equals(magic, Arrays.copyOf(Format.MAGIC, magic.length)))
      throw file.corrupt(0, "the file is no Systole trace: it begins otherwise");
    if (fixed < Format.HEADER_FIXED_BYTES) throw file.corrupt(fixed, "the header is cut");
    long length = Integer.toUnsignedLong(start.getInt(12));
    if (length > Format.LONGEST_HEADER_BYTES)
      throw file.corrupt(12, "the header says that it has " + length + " bytes");
    long whole = Format.HEADER_FIXED_BYTES + length + Format.CRC_BYTES;
    if (whole > fileBytes) throw file.corrupt(fileBytes, "the header is cut");
    return new Found(parse(file, 0, file.read(0, (int) whole)), whole);
  }

  /** The header that these bytes are; they stand in the file at that offset or in its chunk. */
  static Decoded parse(ChunkStore file, long offset, byte[] bytes) throws IOException {
    int crcAt = bytes.length - Format.CRC_BYTES;
    if (crcAt < Format.HEADER_FIXED_BYTES) throw file.corrupt(offset, "the header is cut");
    ByteBuffer in = Format.littleEndian(bytes);
    if (in.getInt(crcAt) != Format.crc(bytes, 0, crcAt))
      throw file.corrupt(offset, "the header's checksum differs");
    int major = Short.toUnsignedInt(in.getShort(8));
    int minor = Short.toUnsignedInt(in.getShort(10));
    if (major < Format.MAJOR) throw new TraceTooOldException(file.name(), major, minor);
    if (major > Format.MAJOR) throw new TraceTooNewException(file.name(), major, minor);
    int start = Format.HEADER_FIXED_BYTES;
    try {
      return HeaderCodec.decode(bytes, start, crcAt - start);
    } catch (BadContentException e) {
      throw file.corrupt(offset + start, "the header cannot be read: " + e.getMessage());
    }
  }
}
