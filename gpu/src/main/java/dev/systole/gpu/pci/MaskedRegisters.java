package dev.systole.gpu.pci;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;

/**
 * Registers without an effect whose upper half says which bits of the lower are written; it reads
 * as zero.
 */
record MaskedRegisters(PagedMemory registers) implements RegisterBlock {
  private static final int VALUE_MASK = 0xffff;

  /** The registers that are this part's. */
  static int[] claimed() {
    return new int[] {
      CACHE_MODE_0,
      CACHE_MODE_1,
      GT_MODE,
      COMMON_SLICE_CHICKEN1,
      COMMON_SLICE_CHICKEN3,
      COMMON_SLICE_CHICKEN4,
      SLICE_COMMON_ECO_CHICKEN1,
      HIZ_CHICKEN,
      HALF_SLICE_CHICKEN7
    };
  }

  @Override
  public int read(int offset) {
    return registers.load32(offset) & VALUE_MASK;
  }

  @Override
  public void write(int offset, int value) {
    int mask = value >>> 16;
    registers.store32(offset, registers.load32(offset) & ~mask | value & mask);
  }
}
