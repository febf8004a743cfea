package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;

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

  private final AddressSpace memory;
  private final Page own;

  StatusBuffer(AddressSpace memory, Page own) {
    this.memory = memory;
    this.own = own;
  }

  void reset() {
    own.store32(RING_CONTEXT_STATUS_PTR, POINTERS_AFTER_RESET);
  }

  /** Writes the event, then the index. */
  void post(int low, int high) {
    int pointers = own.load32(RING_CONTEXT_STATUS_PTR);
    int last = pointers & RING_CONTEXT_STATUS_PTR_WRITE_POINTER_MASK;
    int entry = last + 1 >= ENTRIES ? 0 : last + 1;
    int register = register(entry);
    own.store32(register, low);
    own.store32(register + Integer.BYTES, high);
    own.store32(
        RING_CONTEXT_STATUS_PTR, pointers & ~RING_CONTEXT_STATUS_PTR_WRITE_POINTER_MASK | entry);
    long page = own.load32(RING_HWS_PGA) & RING_HWS_PGA_ADDRESS_MASK & 0xffffffffL;
    memory.store64(
        page + EVENTS_BYTES + entry * Long.BYTES, true, low & 0xffffffffL | (long) high << 32);
    memory.store32(page + WRITE_INDEX_BYTES, true, entry);
  }

  private static int register(int entry) {
    return entry < RING_CONTEXT_STATUS_BUF_LO_COUNT
        ? RING_CONTEXT_STATUS_BUF_LO + entry * Long.BYTES
        : RING_CONTEXT_STATUS_BUF_6_LO + (entry - RING_CONTEXT_STATUS_BUF_LO_COUNT) * Long.BYTES;
  }
}
