package dev.systole.gpu.command;

/** Why the interpreter stopped. */
public enum Stop {
  /** It used up its clocks. */
  QUANTUM,
  /** A command takes time before its effect; run again when the time is paid. */
  TIMED,
  /** The ring is empty: HEAD is TAIL. */
  RING_EMPTY,
  /** The workaround batch of a context restore ended. */
  WORKAROUND_DONE,
  /** Another context may take over here. */
  PREEMPT,
  /** A semaphore is not signalled; {@link EngineState#loop} says what may change that. */
  WAIT,
  /** The commands loop without changing anything but time. */
  SPIN,
  /** MI_BATCH_BUFFER_END ended the context. */
  CONTEXT_END,
  /** A command that the engine does not know, or a fetch from nowhere: parsing has ended. */
  ERROR,
  /** A fault stopped the engine at this command for ever. */
  FROZEN
}
