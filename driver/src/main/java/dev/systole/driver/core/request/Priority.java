package dev.systole.driver.core.request;

/** Scheduling priorities (i915: i915_priolist_types.h; i915-kernel.md 2.1). */
public final class Priority {
  /** Below every user. */
  public static final int MIN = -1024;

  /** What a context gets that asks for nothing. */
  public static final int NORMAL = 0;

  /** Above every user. */
  public static final int HEARTBEAT = 1025;

  /** Above everything that can be preempted. */
  public static final int BARRIER = 0x7ffffffe;

  private Priority() {}
}
