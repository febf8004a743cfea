package dev.systole.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What writer and reader must agree upon. All numbers are little endian.
 *
 * <pre>
 * file   = header chunk… header-copy index footer
 * header = magic[8] major:u16 minor:u16 length:u32 cbor[length] crc:u32   crc of all before it
 * chunk  = {@link ChunkHeader}, then its stored bytes
 * footer = {@link Footer}
 * </pre>
 *
 * Checksums are CRC-32C.
 */
final class Format {
  /** A first byte that is no text, and line ends that a text transfer would change. */
  static final byte[] MAGIC = {(byte) 0x89, 'S', 'Y', 'S', 0x0D, 0x0A, 0x1A, 0x0A};

  static final byte[] END_MAGIC = {(byte) 0x89, 'E', 'N', 'D', 0x0D, 0x0A, 0x1A, 0x0A};

  /** Differs where older readers must not try. */
  static final int MAJOR = 1;

  /** Grows where older readers may go on. */
  static final int MINOR = 1;

  static final int HEADER_FIXED_BYTES = 16;
  static final int CRC_BYTES = 4;
  static final int FOOTER_BYTES = 32;

  static final int LONGEST_HEADER_BYTES = 16 << 20;

  /** Raw size of one chunk of events. */
  static final int LONGEST_EVENTS_BYTES = 64 << 20;

  /** Raw size of a blob, or of the index. */
  static final int LONGEST_BLOB_BYTES = 256 << 20;

  /** Of a stream or a gzipped file, which are read into memory. */
  static final int LONGEST_STREAM_BYTES = 256 << 20;

  /** Values of one event, sizes of lists and presence of optionals included. */
  static final int MOST_VALUES = 1 << 20;

  /** Lanes, texts or blobs of one chunk. */
  static final int MOST_NAMES = 1 << 21;

  private Format() {}

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int crc(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
