package dev.systole.gpu.door;

/**
 * Where a monitor can be plugged in: the ports of Tiger Lake, in the order of their numbers in
 * registers (i915: enum port).
 */
public enum Connector {
  A,
  B,
  C,
  TC1,
  TC2,
  TC3,
  TC4,
  TC5,
  TC6;

  /** Whether it is a Type-C port. */
  public boolean isTypeC() {
    return compareTo(TC1) >= 0;
  }

  /** Number among the Type-C ports, from 0 on, or among the others. */
  public int numberOfKind() {
    return isTypeC() ? ordinal() - TC1.ordinal() : ordinal();
  }
}
