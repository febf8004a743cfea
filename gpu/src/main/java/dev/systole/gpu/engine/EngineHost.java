package dev.systole.gpu.engine;

import dev.systole.gpu.command.DisplayEvents;
import dev.systole.gpu.injection.FaultInjector;
import dev.systole.gpu.power.EngineClock;
import dev.systole.gpu.power.GtPower;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.spec.Engine;

/** What an engine needs of the device that it is part of. */
public interface EngineHost {
  /** The present of the hardware. */
  long nowNanos();

  EventQueue queue();

  EngineClock clock();

  /** Is told which engines have something to do. */
  GtPower power();

  /** Raises interrupts of an engine, as bits of RING_IMR that it does not mask. */
  void interrupt(Engine engine, int bits);

  /** Every engine that waits looks again. */
  void semaphoreSignalled();

  /** What engines can wait for in the display. */
  DisplayEvents display();

  /** Says when a fault fires. */
  FaultInjector faults();
}
