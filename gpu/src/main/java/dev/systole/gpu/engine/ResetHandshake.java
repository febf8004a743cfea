package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.fault.FaultKind;
import dev.systole.gpu.memory.Page;

/**
 * RESET_CTL (i915-kernel.md 3.2): software asks for a reset, the engine stops parsing and says when
 * it is ready. After a catastrophic error it cannot get ready; software clears the error, and
 * resets without.
 */
final class ResetHandshake {
  private static final long READY_NANOS = 1_000;

  private final Page own;
  private final EngineHost host;
  private final CommandFaults faults;
  private final int eventTarget;
  private final int eventArgument;

  /** That the engine is ready is an event for {@code eventTarget} with {@code eventArgument}. */
  ResetHandshake(
      Page own, EngineHost host, CommandFaults faults, int eventTarget, int eventArgument) {
    this.own = own;
    this.host = host;
    this.faults = faults;
    this.eventTarget = eventTarget;
    this.eventArgument = eventArgument;
  }

  /** Software asks for a reset. */
  void request() {
    write(RING_RESET_CTL_REQUEST_RESET << 16 | RING_RESET_CTL_REQUEST_RESET);
  }

  /** A masked write: the request follows it, a one clears the error, the answer is read only. */
  void write(int value) {
    int written = value >>> 16;
    int control = control();
    if ((written & value & RING_RESET_CTL_CATASTROPHIC_ERROR) != 0) {
      control &= ~RING_RESET_CTL_CATASTROPHIC_ERROR;
    }
    if ((written & RING_RESET_CTL_REQUEST_RESET) != 0) {
      control &= ~(RING_RESET_CTL_REQUEST_RESET | RING_RESET_CTL_READY_TO_RESET);
      control |= value & RING_RESET_CTL_REQUEST_RESET;
      host.queue().cancel(eventTarget, eventArgument);
      if (requests(control) && !faults.strike(FaultKind.RESET_NOT_READY)) {
        host.queue().schedule(host.nowNanos() + READY_NANOS, eventTarget, eventArgument);
      }
    }
    own.store32(RING_RESET_CTL, control);
  }

  /** The time to get ready has passed. */
  void answer() {
    boolean able = (control() & RING_RESET_CTL_CATASTROPHIC_ERROR) == 0;
    if (able) own.store32(RING_RESET_CTL, control() | RING_RESET_CTL_READY_TO_RESET);
  }

  /** Memory that the engine cannot do without is not there. */
  void catastrophe() {
    int control = control() & ~RING_RESET_CTL_READY_TO_RESET;
    own.store32(RING_RESET_CTL, control | RING_RESET_CTL_CATASTROPHIC_ERROR);
  }

  /** Whether software asks for a reset. */
  boolean requested() {
    return requests(control());
  }

  private static boolean requests(int control) {
    return (control & RING_RESET_CTL_REQUEST_RESET) != 0;
  }

  private int control() {
    return own.load32(RING_RESET_CTL);
  }
}
