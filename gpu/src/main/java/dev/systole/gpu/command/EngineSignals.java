package dev.systole.gpu.command;

/** What commands ask of the hardware around their engine. */
public interface EngineSignals {
  /** The present: that of the command. */
  long nowNanos(EngineState state);

  /** Raises interrupts of the engine, as bits of RING_IMR. */
  void interrupt(EngineState state, int bits);

  /** A first-level batch begins; the place to say where in it a fault waits. */
  void batchStarted(EngineState state);

  /**
   * The command that a fault waits for is about to run. Memory may be changed under it.
   *
   * @return whether the engine stops here for ever
   */
  boolean faultReached(EngineState state);

  /** MI_SEMAPHORE_SIGNAL: every engine that waits looks again. */
  void semaphoreSignalled();

  /** What commands can wait for outside of the engines. */
  DisplayEvents display();
}
