package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.command.Position;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The batches that a context has run whenever it is restored (i915-kernel.md 4.3): INDIRECT_CTX, of
 * a given length, and PER_CTX, up to its end command.
 */
final class WorkaroundBatches {
  private static final int LINE_BYTES = 64;

  private final Position position;
  private final EngineRegisters registers;
  private int started;

  WorkaroundBatches(Position position, EngineRegisters registers) {
    this.position = position;
    this.registers = registers;
  }

  /** The context was restored: starts with the first one. */
  void begin() {
    started = 0;
    startNext();
  }

  /** One has ended: the context goes on, or the next one does. */
  void ended() {
    position.endWorkaround();
    startNext();
  }

  private void startNext() {
    int indirect = registers.value(RING_INDIRECT_CTX);
    int lines = indirect & RING_INDIRECT_CTX_SIZE_CACHE_LINES_MASK;
    int perContext = registers.value(RING_BB_PER_CTX_PTR);
    if (started++ == 0 && lines != 0) {
      long address = indirect & RING_INDIRECT_CTX_ADDRESS_MASK & 0xffffffffL;
      position.startWorkaround(address, lines * LINE_BYTES);
    } else if (started <= 2 && (perContext & RING_BB_PER_CTX_PTR_VALID) != 0) {
      started = 2;
      position.startWorkaround(perContext & RING_BB_PER_CTX_PTR_ADDRESS_MASK & 0xffffffffL, 0);
    }
  }

  void save(StateSink sink) {
    sink.putInt(started);
  }

  void restore(StateSource source) {
    started = source.takeInt();
  }
}
