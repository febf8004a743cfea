package dev.systole.decoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects text in a large block before it goes to a stream. Decoding writes some twenty bytes for
 * each that it reads, so that this is its hot path.
 */
final class AsciiWriter {
  private static final int BLOCK_BYTES = 1 << 16;

  /** No single append of a number needs more. */
  private static final int MARGIN_BYTES = 64;

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int size;

  AsciiWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends text; what is not ASCII becomes a question mark. */
  AsciiWriter text(String text) throws IOException {
    for (int from = 0; from < text.length(); from += BLOCK_BYTES) {
      int to = Math.min(text.length(), from + BLOCK_BYTES);
      reserve(to - from);
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        block[size++] = c < 0x80 ? (byte) c : (byte) '?';
      }
    }
    return this;
  }

  AsciiWriter spaces(int count) throws IOException {
    reserve(Math.min(count, BLOCK_BYTES));
    Arrays.fill(block, size, size + count, (byte) ' ');
    size += count;
    return this;
  }

  AsciiWriter newLine() throws IOException {
    reserve(1);
    block[size++] = '\n';
    return this;
  }

  /** Eight hexadecimal digits. */
  AsciiWriter dword(int value) throws IOException {
    return hex(value, Integer.BYTES * 2);
  }

  /** {@code 0x} and twelve hexadecimal digits. */
  AsciiWriter address(long value) throws IOException {
    reserve(2);
    block[size++] = '0';
    block[size++] = 'x';
    return hex(value, 12);
  }

  private AsciiWriter hex(long value, int digits) throws IOException {
    reserve(MARGIN_BYTES);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      block[size++] = DIGITS[(int) (value >>> shift) & 0xf];
    }
    return this;
  }

  AsciiWriter decimal(long value) throws IOException {
    return value >= 0 && value < 10 ? digit((int) value) : text(Long.toString(value));
  }

  private AsciiWriter digit(int value) throws IOException {
    reserve(1);
    block[size++] = DIGITS[value];
    return this;
  }

  void flush() throws IOException {
    out.write(block, 0, size);
    size = 0;
    out.flush();
  }

  private void reserve(int bytes) throws IOException {
    if (size + bytes <= BLOCK_BYTES) return;
    out.write(block, 0, size);
    size = 0;
  }
}
