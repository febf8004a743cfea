package dev.systole.gpu.command;

import static dev.systole.spec.gen12.GtRegisters.GFX_AUX_TABLE_BASE_ADDR;
import static dev.systole.spec.gen12.RenderCommands.STATE_BASE_ADDRESS;
import static dev.systole.spec.gen12.StateCommands.*;

/**
 * The first render target of a draw, if it is compressed: where its control surface is stands in
 * tables, which the engine looks up for every 64 KiB of it. Nothing is really compressed.
 */
final class CompressedTarget {
  private static final int PAGE_BYTES = 1 << 16;

  private CompressedTarget() {}

  static void lookUp(EngineState s) {
    if (!s.memory.hasAuxTables() || !s.last.has(STATE_BASE_ADDRESS)) return;
    if (!s.last.has(_3DSTATE_BINDING_TABLE_POINTERS_PS)) return;
    long state = RenderTarget.stateAddress(s);
    int mode = dword(s, state, RENDER_SURFACE_STATE_AUXILIARY_SURFACE_MODE_DWORD);
    boolean compressed =
        (mode & RENDER_SURFACE_STATE_AUXILIARY_SURFACE_MODE_MASK)
            == RENDER_SURFACE_STATE_AUXILIARY_SURFACE_MODE_CCS_E;
    if (compressed) lookUp(s, state);
  }

  private static void lookUp(EngineState s, long state) {
    int place = RENDER_SURFACE_STATE_SURFACE_BASE_ADDRESS_DWORD;
    long first = dword(s, state, place) & 0xffffffffL | (long) dword(s, state, place + 1) << 32;
    int pitch = dword(s, state, RENDER_SURFACE_STATE_SURFACE_PITCH_DWORD);
    int size = dword(s, state, RENDER_SURFACE_STATE_HEIGHT_DWORD);
    long rows =
        ((size & RENDER_SURFACE_STATE_HEIGHT_MASK) >>> RENDER_SURFACE_STATE_HEIGHT_SHIFT) + 1;
    long lengthBytes = rows * ((pitch & RENDER_SURFACE_STATE_SURFACE_PITCH_MASK) + 1);
    long tables =
        s.registers.read(GFX_AUX_TABLE_BASE_ADDR) & 0xffffffffL
            | (long) s.registers.read(GFX_AUX_TABLE_BASE_ADDR + Integer.BYTES) << 32;
    for (long at = first & -PAGE_BYTES; at < first + lengthBytes; at += PAGE_BYTES) {
      s.memory.lookUpAux(tables, at);
    }
  }

  private static int dword(EngineState s, long state, int index) {
    return s.memory.load32(state + (long) Integer.BYTES * index, false);
  }
}
