package dev.systole.gpu.command;

import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Whether another context wants to take over, and may: only while MI_ARB_ON_OFF has arbitration on,
 * and at the commands where it is possible (gen12-commands.md 1.6).
 */
public final class Arbitration {
  private boolean enabled = true;
  private boolean asked;

  Arbitration() {}

  /** As MI_ARB_ON_OFF left it. */
  public boolean isEnabled() {
    return enabled;
  }

  void enable(boolean on) {
    enabled = on;
  }

  /** Asks that parsing stop at the next arbitration point, or no longer. */
  public void ask(boolean wanted) {
    asked = wanted;
  }

  /** Whether parsing is to stop at the next arbitration point. */
  boolean isDue() {
    return asked && enabled;
  }

  void reset() {
    enabled = true;
    asked = false;
  }

  void save(StateSink sink) {
    sink.putBoolean(enabled);
    sink.putBoolean(asked);
  }

  void restore(StateSource source) {
    enabled = source.takeBoolean();
    asked = source.takeBoolean();
  }
}
