package dev.systole.gpu.door;

import dev.systole.spec.Engine;

/** Events that come from outside of the machine. */
public interface WorldDoor {
  /**
   * A fault fired, at a point that replay can arm again.
   *
   * @param fault the fault as it was asked for ({@code loop@rcs0:request=3})
   * @param engine the engine that it hit, or null when it hit the device
   * @param batchOrdinal which first-level batch of the engine, counted from 1; 0 when outside of
   *     one
   * @param commandAddress GPU address of the command that it hit; 0 when none
   * @param timeNanos when the hardware was hit, which may lie before a busy CPU's present
   */
  void faultFired(
      String fault, Engine engine, int batchOrdinal, long commandAddress, long timeNanos);
}
