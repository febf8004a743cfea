package dev.systole.driver.core.request;

/** Sequence numbers, which wrap. */
final class Seqno {
  private Seqno() {}

  /** Whether {@code current} is {@code awaited} or came after it (a signed comparison). */
  static boolean passed(int current, int awaited) {
    return current - awaited >= 0;
  }
}
