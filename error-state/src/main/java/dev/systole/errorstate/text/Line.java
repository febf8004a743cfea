package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Where a line stands in the text.
 *
 * @param number from 1
 * @param start offset of its first byte that is no blank
 * @param indent how many blanks and tabs stand before it
 * @param end offset behind its last byte, its ending (LF or CR LF) excluded
 * @param terminated whether it has an ending; the last line of a cut file has none
 */
record Line(int number, int start, int indent, int end, boolean terminated) {
  /** The first character, or a blank of an empty line. */
  char first(Bytes text) {
    return start < end ? (char) text.unsignedByte(start) : ' ';
  }

  /** The line without its indentation; ISO 8859-1, so that no byte is lost. */
  String text(Bytes text) {
    byte[] bytes = new byte[end - start];
    text.buffer().get(start, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
