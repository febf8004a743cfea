package dev.systole.gpu.door;

import dev.systole.gpu.fault.FaultPoint;

/** Events that come from outside of the machine. */
public interface WorldDoor {
  /**
   * A fault fired.
   *
   * @param point where, so that replay can arm it again
   * @param timeNanos when the hardware was hit, which may lie before a busy CPU's present
   */
  void faultFired(FaultPoint point, long timeNanos);
}
