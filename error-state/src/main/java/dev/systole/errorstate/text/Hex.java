package dev.systole.errorstate.text;

import java.util.regex.Matcher;

/** Hexadecimal words as the kernel prints them. */
final class Hex {
  private Hex() {}

  static int dword(String digits) {
    return Integer.parseUnsignedInt(digits, 16);
  }

  /** One word, or two of 32 bits, upper and lower, of which the second may be missing. */
  static long wide(String first, String second) {
    long value = Long.parseUnsignedLong(first, 16);
    return second == null ? value : value << 32 | Long.parseUnsignedLong(second, 16);
  }

  /** The groups {@code group} and {@code group + 1} of a match as one value. */
  static long wide(Matcher match, int group) {
    return wide(match.group(group), match.group(group + 1));
  }
}
