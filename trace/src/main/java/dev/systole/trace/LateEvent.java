package dev.systole.trace;

/** Appends the event that a value stands for, perhaps later and on another thread. */
@FunctionalInterface
public interface LateEvent {
  /**
   * Appends it.
   *
   * @param value what was handed to {@link EventSink#defer}; nobody changes it any more
   */
  void append(Object value, EventSink sink, int lane, long timeNanos);
}
