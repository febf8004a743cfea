package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * The two-port submission queue of an engine (i915-kernel.md 4.1): what runs, and what was loaded
 * and waits to take over. A descriptor is a qword; zero is an empty port.
 */
final class Execlists {
  private static final int PORTS = 2;

  private final Page own;
  private final long[] active = new long[PORTS];
  private final long[] pending = new long[PORTS];
  private int element;
  private boolean running;
  private boolean loaded;

  Execlists(Page own) {
    this.own = own;
  }

  /** RING_EXECLIST_CONTROL: what was written to the ports becomes the pending queue. */
  void load() {
    for (int port = 0; port < PORTS; port++) {
      long low = own.load32(RING_EXECLIST_SQ_CONTENTS_LO + port * 8) & 0xffffffffL;
      pending[port] = low | (long) own.load32(RING_EXECLIST_SQ_CONTENTS_HI + port * 8) << 32;
    }
    loaded = true;
  }

  /** Whether a queue waits to take over. */
  boolean loaded() {
    return loaded;
  }

  /** Whether the pending queue begins with the running context, and does not ask for a restore. */
  boolean isLiteRestore() {
    return loaded
        && running
        && isValid(pending[0])
        && (pending[0] & CONTEXT_DESCRIPTOR_FORCE_RESTORE) == 0
        && contextAddress(pending[0]) == contextAddress(current());
  }

  /** The pending queue takes over; its first element runs, if it has one. */
  void takeOver() {
    System.arraycopy(pending, 0, active, 0, PORTS);
    element = 0;
    running = isValid(active[0]);
    loaded = false;
  }

  /** The running element is done: the next one runs, if there is one. */
  void advance() {
    running = element + 1 < PORTS && isValid(active[element + 1]);
    if (running) element++;
  }

  /** Whether a context is running. */
  boolean running() {
    return running;
  }

  /** The descriptor of the running context; 0 when there is none. */
  long current() {
    return running ? active[element] : 0;
  }

  /** GGTT address of a context's image. */
  static int contextAddress(long descriptor) {
    return (int) descriptor & CONTEXT_DESCRIPTOR_LOGICAL_RING_CONTEXT_ADDRESS_MASK;
  }

  /** Whether even a lite restore loads the page tables again. */
  static boolean forcesPageTables(long descriptor) {
    return (descriptor & CONTEXT_DESCRIPTOR_FORCE_PD_RESTORE) != 0;
  }

  private static boolean isValid(long descriptor) {
    return (descriptor & CONTEXT_DESCRIPTOR_VALID) != 0;
  }

  /** RING_EXECLIST_STATUS_LO. */
  int statusLow(boolean arbitration) {
    int status = arbitration ? RING_EXECLIST_STATUS_LO_ARBITRATION_ENABLE : 0;
    if (running) {
      status |=
          RING_EXECLIST_STATUS_LO_EXECLIST_0_VALID
              | RING_EXECLIST_STATUS_LO_EXECLIST_0_ACTIVE
              | element + 1 << RING_EXECLIST_STATUS_LO_ACTIVE_ELEMENT_SHIFT;
    }
    if (loaded) {
      status |= RING_EXECLIST_STATUS_LO_EXECLIST_1_VALID | RING_EXECLIST_STATUS_LO_QUEUE_FULL;
    }
    return status;
  }

  /** RING_EXECLIST_STATUS_HI: the high half of the running context's descriptor. */
  int statusHigh() {
    return (int) (current() >>> 32);
  }

  void reset() {
    active[0] = active[1] = pending[0] = pending[1] = 0;
    element = 0;
    running = false;
    loaded = false;
  }

  void save(StateSink sink) {
    sink.putLongs(active);
    sink.putLongs(pending);
    sink.putInt(element);
    sink.putBoolean(running);
    sink.putBoolean(loaded);
  }

  void restore(StateSource source) {
    source.takeLongs(active);
    source.takeLongs(pending);
    element = source.takeInt(PORTS - 1, "active element");
    running = source.takeBoolean();
    loaded = source.takeBoolean();
  }
}
