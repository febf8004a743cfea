package dev.systole.driver.core.execlists;

import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_STATUS_BUF_LO;
import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_STATUS_PTR;

import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.StatusPage;
import java.util.ArrayList;
import java.util.List;

/** The context status buffer of an engine: events from the hardware (i915-kernel.md 4.2). */
final class StatusBuffer {
  private static final int ENTRIES = 12;

  /** The copies in registers lie in two blocks of six. */
  private static final int BLOCK_ENTRIES = 6;

  private static final int SECOND_BLOCK_OFFSET = 0x3c0;
  private static final long WRITE_DELAY_NANOS = 10_000;

  /** Both pointers to the last entry, so that the first event goes to entry 0. */
  private static final int RESET_POINTERS = 0xffff << 16 | (ENTRIES - 1) << 8 | ENTRIES - 1;

  private final GtEngine engine;
  private int head = ENTRIES - 1;

  StatusBuffer(GtEngine engine) {
    this.engine = engine;
  }

  /** Takes what the hardware wrote since the last time, in order. */
  List<ContextStatus> take() {
    StatusPage page = engine.statusPage();
    int written = page.statusWriteIndex();
    if (written == head) return List.of();
    var entries = new ArrayList<ContextStatus>();
    while (head != written) {
      head = (head + 1) % ENTRIES;
      entries.add(new ContextStatus(read(head)));
      page.clearStatusEntry(head);
    }
    return entries;
  }

  /** The entry may come late behind its index; then the register has it. */
  private long read(int index) {
    long entry = engine.statusPage().statusEntry(index);
    if (entry != ContextStatus.CONSUMED) return entry;
    engine.gt().mmio().delay(WRITE_DELAY_NANOS);
    entry = engine.statusPage().statusEntry(index);
    if (entry != ContextStatus.CONSUMED) return entry;
    int offset =
        index < BLOCK_ENTRIES
            ? RING_CONTEXT_STATUS_BUF_LO + index * Long.BYTES
            : SECOND_BLOCK_OFFSET + (index - BLOCK_ENTRIES) * Long.BYTES;
    return Integer.toUnsignedLong(engine.read(offset))
        | (long) engine.read(offset + Integer.BYTES) << 32;
  }

  /** Starts anew after a reset (i915: reset_csb_pointers). */
  void reset() {
    engine.write(RING_CONTEXT_STATUS_PTR, RESET_POINTERS);
    head = ENTRIES - 1;
    engine.statusPage().writeStatusWriteIndex(head);
    for (int i = 0; i < ENTRIES; i++) engine.statusPage().clearStatusEntry(i);
    engine.write(RING_CONTEXT_STATUS_PTR, RESET_POINTERS);
  }
}
