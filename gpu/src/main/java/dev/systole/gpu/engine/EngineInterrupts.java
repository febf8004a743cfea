package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.RING_HWSTAM;
import static dev.systole.spec.gen12.RingRegisters.RING_IMR;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.memory.Page;

/**
 * What an engine raises, as bits of RING_IMR: the status page gets a copy of what HWSTAM does not
 * mask, the interrupt controller what RING_IMR does not (i915-kernel.md 4.5, 5.3).
 */
final class EngineInterrupts {
  /** The copy is the first dword of the status page. */
  private static final int COPY_BYTES = 0;

  private final Page own;
  private final EngineState state;
  private final EngineHost host;

  EngineInterrupts(Page own, EngineState state, EngineHost host) {
    this.own = own;
    this.state = state;
    this.host = host;
  }

  void raise(int bits) {
    int copied = bits & ~own.load32(RING_HWSTAM);
    if (copied != 0) {
      state.memory().store32(state.statusPages().ofEngine(COPY_BYTES), true, copied);
    }
    host.interrupt(state.engine(), bits & ~own.load32(RING_IMR));
  }
}
