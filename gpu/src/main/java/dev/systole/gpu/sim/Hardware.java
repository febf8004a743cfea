package dev.systole.gpu.sim;

/** Hardware that lives in virtual time. Its pending events are data, so that it can be saved. */
public interface Hardware {
  /** Time of the next pending event, or {@link Long#MAX_VALUE} when nothing will ever happen. */
  long nextEventNanos();

  /** Runs every event up to {@code limitNanos}, inclusive. */
  void runUntil(long limitNanos);

  /**
   * Runs up to {@code limitNanos}, but no further than the first interrupt that is raised.
   *
   * @return the time reached: that of the interrupt, else {@code limitNanos}
   */
  long runToInterrupt(long limitNanos);

  /**
   * Whether something is in progress that will end or change without the CPU's help. An engine that
   * hangs or waits for ever is busy but makes no progress: see {@link #nextEventNanos}.
   */
  boolean busy();

  /**
   * A hash of the registers. Equal states have equal hashes; together with {@link #memoryHash} and
   * {@link #enginesHash} it covers everything that the future depends on.
   */
  long registersHash();

  /** A hash of the contents of memory. */
  long memoryHash();

  /** A hash of what goes on inside: contexts, pending events, TLBs. */
  long enginesHash();
}
