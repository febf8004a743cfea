package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import java.util.Optional;

/**
 * The kernel's ascii85 (linux: include/linux/ascii85.h). A little-endian 32-bit word is {@code z}
 * when zero, else five digits of base 85, the most significant first, each a character from {@code
 * !} to {@code u}. Nothing frames or wraps it; the first other character ends it. Unlike Adobe's,
 * the digits are those of the word's value, so that the bytes of a word stand reversed.
 */
final class Ascii85 {
  static final int WORD_BYTES = 4;

  private static final int BASE = 85;
  private static final int GROUP_DIGITS = 5;
  private static final char ZERO_DIGIT = '!';
  private static final char LAST_DIGIT = ZERO_DIGIT + BASE - 1;
  private static final char ZERO_WORD = 'z';
  private static final long WORD_MAX = 0xffff_ffffL;

  private Ascii85() {}

  /** Appends all bytes, the last word filled up with zeros. */
  static void encode(Bytes bytes, StringBuilder out) {
    int size = bytes.sizeBytes();
    for (int offset = 0; offset < size; offset += WORD_BYTES) {
      long word = 0;
      for (int i = Math.min(WORD_BYTES, size - offset) - 1; i >= 0; i--) {
        word = word << 8 | bytes.unsignedByte(offset + i);
      }
      encodeWord(word, out);
    }
  }

  private static void encodeWord(long word, StringBuilder out) {
    if (word == 0) {
      out.append(ZERO_WORD);
      return;
    }
    int start = out.length();
    out.setLength(start + GROUP_DIGITS);
    for (int i = GROUP_DIGITS - 1; i >= 0; i--) {
      out.setCharAt(start + i, (char) (ZERO_DIGIT + word % BASE));
      word /= BASE;
    }
  }

  /** Decodes a stretch of text piece by piece, so that its length need not be believed. */
  static final class Decoder {
    private final Bytes text;
    private final int end;
    private int next;
    private Optional<String> problem = Optional.empty();

    Decoder(Bytes text, int start, int end) {
      this.text = text;
      this.next = start;
      this.end = end;
    }

    /**
     * Fills the buffer with whole words as far as it and the text go.
     *
     * @return how many bytes were written; 0 at the end of what can be decoded
     */
    int read(byte[] buffer) {
      int length = 0;
      while (length + WORD_BYTES <= buffer.length && next < end && problem.isEmpty()) {
        long word = readWord();
        if (word < 0) break;
        for (int i = 0; i < WORD_BYTES; i++) buffer[length++] = (byte) (word >>> 8 * i);
      }
      return length;
    }

    /** Where in the text the next group would begin, or the one that is wrong begins. */
    int position() {
      return next;
    }

    /** What is wrong with the group at {@link #position}, once {@link #read} has met it. */
    Optional<String> problem() {
      return problem;
    }

    private long readWord() {
      if (text.unsignedByte(next) == ZERO_WORD) {
        next++;
        return 0;
      }
      long word = 0;
      for (int i = 0; i < GROUP_DIGITS; i++) {
        if (next + i >= end) return stop("the last group has %d of 5 characters".formatted(i));
        int digit = text.unsignedByte(next + i);
        if (digit < ZERO_DIGIT || digit > LAST_DIGIT) {
          return stop("character 0x%02x is no ascii85".formatted(digit));
        }
        word = word * BASE + digit - ZERO_DIGIT;
      }
      if (word > WORD_MAX) return stop("a group is larger than 32 bits");
      next += GROUP_DIGITS;
      return word;
    }

    private long stop(String why) {
      problem = Optional.of(why);
      return -1;
    }
  }
}
