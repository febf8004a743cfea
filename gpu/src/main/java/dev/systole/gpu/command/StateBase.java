package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RenderCommands.*;

/** STATE_BASE_ADDRESS as last written: where the offsets in other state count from. */
final class StateBase {
  private static final long PAGE_MASK = 0xfffffffff000L;

  /** The dwords that hold a base with its modify bit, and how many belong to it. */
  private static final int[][] MODIFIABLE = {
    {STATE_BASE_ADDRESS_GENERAL_STATE_BASE_ADDRESS_DWORD, 2},
    {STATE_BASE_ADDRESS_SURFACE_STATE_BASE_ADDRESS_DWORD, 2},
    {STATE_BASE_ADDRESS_DYNAMIC_STATE_BASE_ADDRESS_DWORD, 2},
    {STATE_BASE_ADDRESS_INDIRECT_OBJECT_BASE_ADDRESS_DWORD, 2},
    {STATE_BASE_ADDRESS_INSTRUCTION_BASE_ADDRESS_DWORD, 2},
    {STATE_BASE_ADDRESS_GENERAL_STATE_BUFFER_SIZE_DWORD, 1},
    {STATE_BASE_ADDRESS_DYNAMIC_STATE_BUFFER_SIZE_DWORD, 1},
    {STATE_BASE_ADDRESS_INDIRECT_OBJECT_BUFFER_SIZE_DWORD, 1},
    {STATE_BASE_ADDRESS_INSTRUCTION_BUFFER_SIZE_DWORD, 1},
    {STATE_BASE_ADDRESS_BINDLESS_SURFACE_STATE_BASE_ADDRESS_DWORD, 3},
    {STATE_BASE_ADDRESS_BINDLESS_SAMPLER_STATE_BASE_ADDRESS_DWORD, 3},
  };

  private StateBase() {}

  /**
   * Which dwords of the running STATE_BASE_ADDRESS leave what was there, as bits: those of a base
   * or size without its modify bit, which is bit 0 of its first dword.
   */
  static long kept(EngineState s) {
    long kept = 0;
    for (int[] field : MODIFIABLE) {
      if ((s.operand(field[0]) & 1) == 0) kept |= (1L << field[1]) - 1 << field[0];
    }
    return kept;
  }

  static long general(EngineState s) {
    return base(s, STATE_BASE_ADDRESS_GENERAL_STATE_BASE_ADDRESS_DWORD);
  }

  static long surface(EngineState s) {
    return base(s, STATE_BASE_ADDRESS_SURFACE_STATE_BASE_ADDRESS_DWORD);
  }

  static long dynamic(EngineState s) {
    return base(s, STATE_BASE_ADDRESS_DYNAMIC_STATE_BASE_ADDRESS_DWORD);
  }

  static long indirectObject(EngineState s) {
    return base(s, STATE_BASE_ADDRESS_INDIRECT_OBJECT_BASE_ADDRESS_DWORD);
  }

  static long instruction(EngineState s) {
    return base(s, STATE_BASE_ADDRESS_INSTRUCTION_BASE_ADDRESS_DWORD);
  }

  private static long base(EngineState s, int dword) {
    return s.last.qword(STATE_BASE_ADDRESS, dword) & PAGE_MASK;
  }
}
