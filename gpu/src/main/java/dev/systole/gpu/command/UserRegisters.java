package dev.systole.gpu.command;

import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.spec.Engine;
import dev.systole.spec.EngineClass;

/**
 * The registers that a batch without privileges may write: those for counting, predicates and
 * indirect work, and what FORCE_TO_NONPRIV adds (gen12-commands.md 2.3, end).
 */
final class UserRegisters {
  private UserRegisters() {}

  static boolean mayWrite(EngineState s, int offset) {
    int own = offset - s.base;
    return between(own, MI_PREDICATE_SRC0, MI_PREDICATE_RESULT_1)
        || between(own, MI_PREDICATE_RESULT_PREDICATED, MI_PREDICATE_RESULT_2)
        || s.engine == Engine.RCS0 && isRenderState(offset)
        || s.engine.engineClass() == EngineClass.COPY && own == BCS_SWCTRL
        || forcedToNonPrivileged(s, offset);
  }

  private static boolean isRenderState(int offset) {
    return between(offset, CS_INVOCATION_COUNT, CS_INVOCATION_COUNT + 4)
        || between(offset, HS_INVOCATION_COUNT, PS_DEPTH_COUNT + 4)
        || between(offset, _3DPRIM_END_OFFSET, _3DPRIM_BASE_VERTEX)
        || between(offset, _3DPRIM_XP0, _3DPRIM_XP2)
        || between(offset, GPGPU_DISPATCHDIMX, GPGPU_DISPATCHDIMZ)
        || offset == GT_MODE
        || between(offset, SO_NUM_PRIMS_WRITTEN, SO_WRITE_OFFSET + 12);
  }

  private static boolean forcedToNonPrivileged(EngineState s, int offset) {
    for (int i = 0; i < RING_FORCE_TO_NONPRIV_COUNT; i++) {
      int slot = s.ownRegister(RING_FORCE_TO_NONPRIV + i * RING_FORCE_TO_NONPRIV_STRIDE_BYTES);
      if (!covers(slot, offset)) continue;
      int access = slot & RING_FORCE_TO_NONPRIV_ACCESS_MASK;
      return (slot & RING_FORCE_TO_NONPRIV_DENY) == 0
          && (access == RING_FORCE_TO_NONPRIV_ACCESS_READ_WRITE
              || access == RING_FORCE_TO_NONPRIV_ACCESS_WRITE);
    }
    return false;
  }

  /** A slot covers 1, 4, 16 or 64 registers, aligned to their number. */
  private static boolean covers(int slot, int offset) {
    int registers = 1 << 2 * (slot & RING_FORCE_TO_NONPRIV_RANGE_MASK);
    int blockMask = -registers * Integer.BYTES;
    return slot != 0
        && (slot & RING_FORCE_TO_NONPRIV_ADDRESS_MASK & blockMask) == (offset & blockMask);
  }

  private static boolean between(int offset, int first, int last) {
    return offset >= first && offset <= last;
  }
}
