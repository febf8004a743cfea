package dev.systole.driver.core.gt;

/**
 * Values for masked registers: the upper half says which bits of the lower half a write changes.
 */
public final class Masked {
  private Masked() {}

  /** Sets {@code bits}, leaves the others. */
  public static int set(int bits) {
    return bits << 16 | bits;
  }

  /** Clears {@code bits}, leaves the others. */
  public static int clear(int bits) {
    return bits << 16;
  }
}
