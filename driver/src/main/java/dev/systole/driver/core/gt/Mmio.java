package dev.systole.driver.core.gt;

import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_CONTROL;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO;
import static dev.systole.spec.gen12.RingRegisters.RING_TAIL;

import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.Engine;

/** Register access that wakes what it touches (i915: intel_uncore.c). */
public final class Mmio {
  private static final long POLL_INTERVAL_NANOS = 1_000;
  private static final long SLEEP_NANOS = 100_000;
  private static final Engine[] ENGINES = Engine.values();

  private final PciFunction function;
  private final Cpu cpu;
  private final Forcewake forcewake;

  /** Access to the registers of {@code function}. */
  public Mmio(PciFunction function, Cpu cpu, Forcewake forcewake) {
    this.function = function;
    this.cpu = cpu;
    this.forcewake = forcewake;
  }

  /** Reads a register. */
  public int read(int offset) {
    forcewake.touch(offset);
    return function.readRegister(offset);
  }

  /** Writes a register. */
  public void write(int offset, int value) {
    if (!shadowed(offset)) forcewake.touch(offset);
    function.writeRegister(offset, value);
  }

  /** Reads a 64-bit register. */
  public long read64(int offset) {
    forcewake.touch(offset);
    return function.readRegister64(offset);
  }

  /**
   * Spins until the bits of {@code mask} have {@code value}.
   *
   * @return false when they had not within {@code limitNanos}
   */
  public boolean poll(int offset, int mask, int value, long limitNanos) {
    long deadlineNanos = cpu.clock().nowNanos() + limitNanos;
    while ((read(offset) & mask) != value) {
      if (cpu.clock().nowNanos() >= deadlineNanos) return false;
      cpu.clock().charge(POLL_INTERVAL_NANOS);
    }
    return true;
  }

  /** As {@link #poll}, but sleeps between reads. Thread context. */
  public boolean pollSleeping(int offset, int mask, int value, long limitNanos) {
    long deadlineNanos = cpu.clock().nowNanos() + limitNanos;
    while ((read(offset) & mask) != value) {
      if (cpu.clock().nowNanos() >= deadlineNanos) return false;
      cpu.sleep(SLEEP_NANOS);
    }
    return true;
  }

  /** Spins for a time. */
  public void delay(long nanos) {
    cpu.clock().charge(nanos);
  }

  /** Registers whose writes reach a sleeping well, by a shadow copy (i915-kernel.md 5.4). */
  private static boolean shadowed(int offset) {
    for (Engine engine : ENGINES) {
      int inBlock = offset - engine.mmioBase();
      if (inBlock == RING_TAIL) return true;
      if (inBlock >= RING_EXECLIST_SQ_CONTENTS_LO && inBlock <= RING_EXECLIST_CONTROL) return true;
    }
    return false;
  }
}
