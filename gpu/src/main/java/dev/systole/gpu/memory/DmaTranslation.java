package dev.systole.gpu.memory;

/** What stands between a device and system memory, and may say where its accesses go. */
public interface DmaTranslation {
  /** The result of {@link #translate} when the access may not happen. */
  long BLOCKED = -1;

  /** Whether there is something to translate; otherwise a bus address is one of memory. */
  boolean enabled();

  /**
   * Where an access of the device goes.
   *
   * @return the address in memory, or {@link #BLOCKED} after the fault was reported
   */
  long translate(long busAddress, boolean write);
}
