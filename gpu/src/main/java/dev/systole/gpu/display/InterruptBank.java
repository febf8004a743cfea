package dev.systole.gpu.display;

import dev.systole.gpu.memory.PagedMemory;

/**
 * The four registers of a source of display interrupts: live status, mask (1: not noticed), what
 * was noticed, and which of that is passed on (i915: GEN8_IRQ_REGS).
 */
final class InterruptBank {
  private static final int ISR = 0;
  private static final int IMR = 4;
  private static final int IIR = 8;
  private static final int IER = 12;

  /** Size of the four. */
  static final int BYTES = 16;

  private final PagedMemory registers;
  private final int base;

  InterruptBank(PagedMemory registers, int base) {
    this.registers = registers;
    this.base = base;
    reset();
  }

  void reset() {
    registers.store32(base + ISR, 0);
    registers.store32(base + IMR, -1);
    registers.store32(base + IIR, 0);
    registers.store32(base + IER, 0);
  }

  /** Where the registers begin. */
  int base() {
    return base;
  }

  /** Which of {@code bits} would be noticed that have not been. */
  int news(int bits) {
    return bits & ~registers.load32(base + IMR) & ~registers.load32(base + IIR);
  }

  /** Something happened. */
  void raise(int bits) {
    int news = news(bits);
    if (news != 0) registers.store32(base + IIR, registers.load32(base + IIR) | news);
  }

  /** Sets the live status of {@code bits}. */
  void setLive(int bits, boolean on) {
    int live = registers.load32(base + ISR);
    registers.store32(base + ISR, on ? live | bits : live & ~bits);
  }

  boolean pending() {
    return (registers.load32(base + IIR) & registers.load32(base + IER)) != 0;
  }

  /** Takes a write: the live status cannot be written, what was noticed is cleared by ones. */
  void write(int offset, int value) {
    switch (offset - base) {
      case ISR -> {}
      case IIR -> registers.store32(offset, registers.load32(offset) & ~value);
      default -> registers.store32(offset, value);
    }
  }
}
