package dev.systole.gpu.sim;

/**
 * A part of the device: what it has planned comes back to it, and its state can be saved. Many have
 * no events, or no state but registers.
 */
public interface Part {
  /** Whether {@link #event} takes such an argument, so that a damaged state is found out. */
  default boolean isEvent(int argument) {
    return false;
  }

  /** What this part scheduled is due. */
  default void event(int argument) {
    throw new IllegalStateException(getClass() + ": event " + argument);
  }

  /** Power was lost: back to the beginning. Registers are zero, and nothing is planned any more. */
  default void reset() {}

  /** Puts what is not in registers. */
  default void save(StateSink sink) {}

  /**
   * Takes what {@link #save} put; memory and registers have been restored before.
   *
   * @throws StateException when it cannot be
   */
  default void restore(StateSource source) {}
}
