package dev.systole.gpu.command;

/** What commands ask of the hardware around their engine. */
public interface EngineSignals {
  /** The present: that of the command. */
  long nowNanos(EngineState state);

  /** Raises interrupts of the engine, as bits of RING_IMR. */
  void interrupt(EngineState state, int bits);

  /** A first-level batch begins; the place to say where in it a fault waits. */
  void batchStarted(EngineState state);

  /** A command at which a fault may wait is about to run. */
  FaultEffect faultReached(EngineState state);

  /** Whether a post-sync write arrives at {@code address}; a fault may lose it. */
  boolean writeArrives(EngineState state, long address);

  /** Whether a fault has lost the signal of the semaphore at {@code address}, which has come. */
  boolean signalLost(EngineState state, long address);

  /** MI_SEMAPHORE_SIGNAL: every engine that waits looks again. */
  void semaphoreSignalled();

  /** What commands can wait for outside of the engines. */
  DisplayEvents display();
}
