package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.platform.Architecture;

/**
 * The context status buffer (i915-kernel.md 4.2): twelve events, each written to the hardware
 * status page and to registers, and after it the index of the last one.
 */
final class StatusBuffer {
  private static final int ENTRIES = 12;
  private static final int EVENTS_BYTES = HARDWARE_STATUS_PAGE_CONTEXT_STATUS_DWORD * 4;
  private static final int WRITE_INDEX_BYTES =
      HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD * 4;

  /** After a reset the first event goes to entry 0. */
  private static final int POINTERS_AFTER_RESET = 0xb0b;

  private final EngineState state;
  private final EngineRegisters registers;
  private final Architecture architecture;

  StatusBuffer(EngineState state, EngineRegisters registers, Architecture architecture) {
    this.state = state;
    this.registers = registers;
    this.architecture = architecture;
  }

  void reset() {
    registers.set(RING_CONTEXT_STATUS_PTR, POINTERS_AFTER_RESET);
  }

  /**
   * Tells of a switch.
   *
   * @param to the descriptor of the context that runs now, 0: none
   * @param away that of the one before, 0: none
   * @param detail why, as CONTEXT_STATUS has it
   */
  void post(long to, long away, int detail, boolean newQueue) {
    switch (architecture) {
      case XE_LP ->
          write(id(to) | (newQueue ? CONTEXT_STATUS_SWITCHED_TO_NEW_QUEUE : 0), id(away) | detail);
      case XE_HPG ->
          write(
              wideId(to) | detail,
              wideId(away) | (newQueue ? XEHP_CONTEXT_STATUS_SWITCHED_TO_NEW_QUEUE : 0));
    }
  }

  /** The software's id of a context, where events have it. */
  private static int id(long descriptor) {
    if (descriptor == 0) return CONTEXT_STATUS_SOFTWARE_CONTEXT_ID_IDLE;
    int id =
        ((int) (descriptor >>> 32) & CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_MASK)
            >>> CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT;
    return id << CONTEXT_STATUS_SOFTWARE_CONTEXT_ID_SHIFT;
  }

  private static int wideId(long descriptor) {
    if (descriptor == 0) return XEHP_CONTEXT_STATUS_SOFTWARE_CONTEXT_ID_IDLE;
    int id =
        ((int) (descriptor >>> 32) & XEHP_CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_MASK)
            >>> XEHP_CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT;
    return id << XEHP_CONTEXT_STATUS_SOFTWARE_CONTEXT_ID_SHIFT;
  }

  /** Writes the event, then the index. */
  private void write(int low, int high) {
    int pointers = registers.value(RING_CONTEXT_STATUS_PTR);
    int last = pointers & RING_CONTEXT_STATUS_PTR_WRITE_POINTER_MASK;
    int entry = last + 1 >= ENTRIES ? 0 : last + 1;
    int register = register(entry);
    registers.set(register, low);
    registers.set(register + Integer.BYTES, high);
    registers.set(
        RING_CONTEXT_STATUS_PTR, pointers & ~RING_CONTEXT_STATUS_PTR_WRITE_POINTER_MASK | entry);
    long event = low & 0xffffffffL | (long) high << 32;
    state
        .memory()
        .store64(state.statusPages().ofEngine(EVENTS_BYTES + entry * Long.BYTES), true, event);
    state.memory().store32(state.statusPages().ofEngine(WRITE_INDEX_BYTES), true, entry);
  }

  private static int register(int entry) {
    return entry < RING_CONTEXT_STATUS_BUF_LO_COUNT
        ? RING_CONTEXT_STATUS_BUF_LO + entry * Long.BYTES
        : RING_CONTEXT_STATUS_BUF_6_LO + (entry - RING_CONTEXT_STATUS_BUF_LO_COUNT) * Long.BYTES;
  }
}
