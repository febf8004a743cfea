package dev.systole.gpu.engine;

/** What an engine is doing. */
enum Phase {
  /** No context. */
  IDLE,
  /** One context is saved, the next restored. */
  SWITCHING,
  /** A slice is under way. */
  RUNNING,
  /** MI_SEMAPHORE_WAIT or MI_WAIT_FOR_EVENT. */
  WAITING,
  /** The commands loop without changing anything. */
  SPINNING,
  /** STOP_RING took effect. */
  STOPPED,
  /** Parsing has ended with an error. */
  FAILED,
  /** A fault stopped it for ever. */
  FROZEN;

  private static final Phase[] ALL = values();

  /** The phase with that ordinal. */
  static Phase of(int ordinal) {
    return ALL[ordinal];
  }

  static int last() {
    return ALL.length - 1;
  }

  /** Whether nothing happens until something is written that was waited for. */
  boolean stands() {
    return this == WAITING || this == SPINNING;
  }
}
