package dev.systole.driver.core.gt;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;
import java.util.EnumMap;

/** How the GT is and what has befallen it: what dumps count. */
public final class GtStatus {
  private final EnumMap<EngineClass, Integer> engineResets = new EnumMap<>(EngineClass.class);
  private long initialisedNanos;
  private int gtResets;
  private int awakeEngines;
  private boolean wedged;

  /** Virtual time of the last initialisation. */
  public long initialisedNanos() {
    return initialisedNanos;
  }

  public void setInitialisedNanos(long nanos) {
    initialisedNanos = nanos;
  }

  /** Resets of the whole GT. */
  public int gtResets() {
    return gtResets;
  }

  public void countGtReset() {
    gtResets++;
  }

  /** Resets of single engines of the class of {@code engine}. */
  public int engineResets(Engine engine) {
    return engineResets.getOrDefault(engine.engineClass(), 0);
  }

  public void countEngineReset(Engine engine) {
    engineResets.merge(engine.engineClass(), 1, Integer::sum);
  }

  /** Whether an engine is awake. */
  public boolean awake() {
    return awakeEngines > 0;
  }

  /**
   * An engine woke up.
   *
   * @return whether the GT woke up with it
   */
  public boolean engineAwake() {
    return awakeEngines++ == 0;
  }

  /**
   * An engine was parked.
   *
   * @return whether it was the last
   */
  public boolean engineParked() {
    return --awakeEngines == 0;
  }

  /** Whether the GPU was given up. */
  public boolean wedged() {
    return wedged;
  }

  public void setWedged() {
    wedged = true;
  }
}
