package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import java.util.List;

/**
 * The interrupts of the display (i915-kernel.md 5.3): banks of four registers, all of which end in
 * DISPLAY_INT_CTL and with it in one bit of the device's master register.
 */
final class DisplayInterrupts implements RegisterBlock {
  /** Told whether the display has something to say. */
  @FunctionalInterface
  interface Line {
    void set(boolean pending);
  }

  private final PagedMemory registers;
  private final Line line;
  private final InterruptBank[] pipes = new InterruptBank[DE_PIPE_ISR_COUNT];
  private final InterruptBank port;
  private final InterruptBank misc;
  private final InterruptBank hotPlug;
  private final InterruptBank south;
  private final List<InterruptBank> banks;
  private Runnable changed = () -> {};

  DisplayInterrupts(PagedMemory registers, Line line) {
    this.registers = registers;
    this.line = line;
    for (int i = 0; i < pipes.length; i++) {
      pipes[i] = new InterruptBank(registers, DE_PIPE_ISR + i * DE_PIPE_ISR_STRIDE_BYTES);
    }
    port = new InterruptBank(registers, DE_PORT_ISR);
    misc = new InterruptBank(registers, DE_MISC_ISR);
    hotPlug = new InterruptBank(registers, DE_HPD_ISR);
    south = new InterruptBank(registers, SDEISR);
    banks = List.of(pipes[0], pipes[1], pipes[2], pipes[3], port, misc, hotPlug, south);
  }

  /** Back to power-on: nothing is noticed. */
  void reset() {
    banks.forEach(InterruptBank::reset);
  }

  /** {@code action} runs after software has changed what is noticed, and refreshes this. */
  void whenChanged(Runnable action) {
    changed = action;
  }

  void claim(Display.Claims claims) {
    claims.claim(this, DISPLAY_INT_CTL, Integer.BYTES);
    for (InterruptBank bank : banks) claims.claim(this, bank.base(), InterruptBank.BYTES);
  }

  InterruptBank pipe(int number) {
    return pipes[number];
  }

  /** AUX channels. */
  InterruptBank port() {
    return port;
  }

  /** Monitors at Type-C ports in their alternate mode. */
  InterruptBank hotPlug() {
    return hotPlug;
  }

  /** The south display engine: monitors elsewhere, and GMBUS. */
  InterruptBank south() {
    return south;
  }

  /** Passes on what the banks have noticed. */
  void refresh() {
    int control = control();
    boolean enabled = (control & DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE) != 0;
    line.set(enabled && control != DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
  }

  private int control() {
    int enable = registers.load32(DISPLAY_INT_CTL);
    int value = enable & DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE;
    for (int i = 0; i < pipes.length; i++) {
      if (pipes[i].pending()) value |= DISPLAY_INT_CTL_PIPE_A << i;
    }
    if (port.pending()) value |= DISPLAY_INT_CTL_PORT;
    if (hotPlug.pending()) value |= DISPLAY_INT_CTL_HPD;
    if (misc.pending()) value |= DISPLAY_INT_CTL_MISC;
    if (south.pending()) value |= DISPLAY_INT_CTL_PCH;
    return value;
  }

  @Override
  public int read(int offset) {
    return offset == DISPLAY_INT_CTL ? control() : registers.load32(offset);
  }

  @Override
  public void write(int offset, int value) {
    if (offset == DISPLAY_INT_CTL) {
      registers.store32(offset, value & DISPLAY_INT_CTL_DISPLAY_INTERRUPT_ENABLE);
    } else {
      for (InterruptBank bank : banks) {
        if (offset >= bank.base() && offset < bank.base() + InterruptBank.BYTES) {
          bank.write(offset, value);
        }
      }
    }
    changed.run();
  }
}
