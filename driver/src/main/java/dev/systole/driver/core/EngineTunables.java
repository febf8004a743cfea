package dev.systole.driver.core;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;

/**
 * What an administrator may tune per engine (i915-kernel.md 2.2).
 *
 * @param heartbeatIntervalMillis 0 disables hang detection
 * @param preemptTimeoutMillis how long the running request may resist; 0: for ever
 * @param timesliceMillis 0 disables time slices
 * @param stopTimeoutMillis how long a ring may take to stop before a reset
 */
public record EngineTunables(
    int heartbeatIntervalMillis,
    int preemptTimeoutMillis,
    int timesliceMillis,
    int stopTimeoutMillis) {
  /** The interval that a kernel is built with. */
  public static final int HEARTBEAT_INTERVAL_DEFAULT_MILLIS = 2500;

  private static final int PREEMPT_TIMEOUT_DEFAULT_MILLIS = 640;
  private static final int PREEMPT_TIMEOUT_COMPUTE_MILLIS = 7500;

  public EngineTunables {
    if (heartbeatIntervalMillis < 0
        || preemptTimeoutMillis < 0
        || timesliceMillis < 0
        || stopTimeoutMillis < 0) {
      throw new IllegalArgumentException("negative time among the tunables");
    }
  }

  /** The defaults; engines that run shaders may resist preemption for longer. */
  public static EngineTunables defaults(Engine engine) {
    boolean shaders =
        engine.engineClass() == EngineClass.RENDER || engine.engineClass() == EngineClass.COMPUTE;
    return new EngineTunables(
        HEARTBEAT_INTERVAL_DEFAULT_MILLIS,
        shaders ? PREEMPT_TIMEOUT_COMPUTE_MILLIS : PREEMPT_TIMEOUT_DEFAULT_MILLIS,
        1,
        100);
  }
}
