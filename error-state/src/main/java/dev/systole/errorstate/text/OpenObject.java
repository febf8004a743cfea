package dev.systole.errorstate.text;

import dev.systole.errorstate.Bytes;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.Payload;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/** An object whose header was read and whose payload is awaited. */
final class OpenObject {
  /** Names of old kernels and what they are called now (i915-kernel.md 1.5, 1.12). */
  private static final Map<String, String> PRESENT_NAMES =
      Map.of("gtt_offset", "batch", "ringbuffer", "ring");

  private final Line header;
  private final String owner;
  private final String name;
  private final long address;
  private OptionalLong pageSizes = OptionalLong.empty();
  private int dwordsStart;
  private int dwordsEnd;

  /** From a match of {@link Grammar#OBJECT}. */
  OpenObject(Line header, Matcher match) {
    this.header = header;
    this.owner = match.group(1);
    this.name = PRESENT_NAMES.getOrDefault(match.group(2), match.group(2));
    this.address = Hex.wide(match, 3);
  }

  Line header() {
    return header;
  }

  void pageSizes(long mask) {
    pageSizes = OptionalLong.of(mask);
  }

  /** Takes a line of the old form, which must follow the others. */
  void dwords(Line line) {
    if (isEmpty()) dwordsStart = line.start();
    dwordsEnd = line.end();
  }

  boolean isEmpty() {
    return dwordsEnd == 0;
  }

  Payload dwordPayload(Bytes text) {
    return isEmpty() ? Payload.NONE : new DwordPayload(text, dwordsStart, dwordsEnd);
  }

  CapturedObject finish(Payload payload) {
    return new CapturedObject(owner, name, address, pageSizes, payload);
  }
}
