package dev.systole.decoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Collects text in a large block before it goes to a stream. Decoding writes some twenty bytes for
 * each that it reads, so that this is its hot path.
 */
final class AsciiWriter {
  private static final int BLOCK_BYTES = 1 << 16;

  /** No single append of a number needs more. */
  private static final int MARGIN_BYTES = 64;

  /** Longer names out of a file are cut. */
  private static final int MAX_FOREIGN = 256;

  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int size;

  AsciiWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends ASCII text of our own: names of the spec, words. */
  @SuppressWarnings(
      "deprecation") // drops upper bytes, which ASCII has not, and is ten times faster
  AsciiWriter text(String text) throws IOException {
    reserve(text.length());
    text.getBytes(0, text.length(), block, size);
    size += text.length();
    return this;
  }

  /** Appends text out of a file; what is not ASCII becomes a question mark. */
  AsciiWriter foreign(String text) throws IOException {
    return text(
        NOT_PRINTABLE
            .matcher(text.substring(0, Math.min(text.length(), MAX_FOREIGN)))
            .replaceAll("?"));
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

  AsciiWriter decimal(int value) throws IOException {
    if (value >= DIGITS.length || value < 0) return text(Integer.toString(value));
    reserve(2);
    if (value >= 10) block[size++] = '1';
    block[size++] = DIGITS[value % 10];
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
