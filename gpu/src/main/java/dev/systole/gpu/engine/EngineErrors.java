package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.memory.Page;

/**
 * The error registers (i915-kernel.md 5.2): ESR shows what is wrong, EIR keeps what EMR does not
 * mask, and what EIR gets raises the error interrupt. Writing ones to EIR clears both.
 */
final class EngineErrors {
  private final Page own;
  private final EngineInterrupts interrupts;
  private final ResetHandshake handshake;

  EngineErrors(Page own, EngineInterrupts interrupts, ResetHandshake handshake) {
    this.own = own;
    this.interrupts = interrupts;
    this.handshake = handshake;
  }

  /** An error has happened, as bits of EIR. */
  void report(int bits) {
    own.store32(RING_ESR, own.load32(RING_ESR) | bits);
    int seen = bits & ~own.load32(RING_EMR);
    if (seen == 0) return;
    own.store32(RING_EIR, own.load32(RING_EIR) | seen);
    interrupts.raise(RING_IMR_CS_ERROR);
  }

  /** The ring, or the image of a context, is not in memory. */
  void reportUnreachable() {
    handshake.catastrophe();
    report(RING_EIR_PAGE_TABLE_ERROR);
  }

  /** EIR is written. */
  void clear(int bits) {
    own.store32(RING_EIR, own.load32(RING_EIR) & ~bits);
    own.store32(RING_ESR, own.load32(RING_ESR) & ~bits);
  }
}
