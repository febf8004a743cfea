package dev.systole.driver.core;

/** Who decides what runs next on an engine (DESIGN part 7). */
public enum Scheduling {
  /** The core does, as i915: priorities, preemption, time slices. */
  CORE,

  /**
   * The operating system does: requests run in the order of their submission, and the core neither
   * slices nor preempts among them; only its own heartbeat still gets in between.
   */
  OPERATING_SYSTEM
}
