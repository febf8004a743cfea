package dev.systole.decoder.command;

import java.util.HexFormat;

/** Numbers as the decoder prints them. */
public final class Hex {
  private static final int ADDRESS_DIGITS = 12;
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** {@code 0x0000013ef528}. */
  public static String address(long address) {
    return "0x" + FORMAT.toHexDigits(address, ADDRESS_DIGITS);
  }

  /** {@code 0x0000000000001e92}. */
  public static String of(long value) {
    return "0x" + FORMAT.toHexDigits(value);
  }

  /** {@code 0x7a000004}. */
  public static String dword(int value) {
    return "0x" + FORMAT.toHexDigits(value);
  }
}
