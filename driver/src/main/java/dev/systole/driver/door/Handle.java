package dev.systole.driver.door;

/**
 * Names an object on the other side of a door. The types keep what is named apart; the values are
 * made by whoever owns the object and mean nothing to anybody else, so that replay can translate
 * them.
 */
public sealed interface Handle permits KmtHandle, KernelHandle {
  /** The value; 0 names nothing. */
  long value();

  /** Whether it names nothing. */
  default boolean isNull() {
    return value() == 0;
  }
}
