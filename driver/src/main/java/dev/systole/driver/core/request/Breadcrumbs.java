package dev.systole.driver.core.request;

import static dev.systole.driver.core.gt.GtInterrupts.ENGINE_INTERRUPTS;
import static dev.systole.driver.core.gt.GtInterrupts.USER_INTERRUPT;
import static dev.systole.spec.gen12.RingRegisters.RING_IMR;

import dev.systole.driver.core.gt.GtEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees by their breadcrumbs that requests are done, when the engine raises its user interrupt; only
 * while a fence waits is that interrupt unmasked (i915: intel_breadcrumbs.c).
 */
public final class Breadcrumbs {
  private final GtEngine engine;
  private final List<Request> waiting = new ArrayList<>();
  private boolean armed;

  /** The breadcrumbs of {@code engine}. */
  public Breadcrumbs(GtEngine engine) {
    this.engine = engine;
  }

  /** Signals {@code request} when its breadcrumb is there. */
  public void enable(Request request) {
    if (request.signalling() || request.completed()) return;
    request.setSignalling(true);
    waiting.add(request);
    if (!armed) {
      armed = true;
      writeMask();
    }
  }

  /** Forgets a request that left the hardware unfinished. */
  public void cancel(Request request) {
    if (!request.signalling()) return;
    request.setSignalling(false);
    waiting.remove(request);
  }

  /** The user interrupt came: signals what is done. */
  public void signal() {
    List<Request> done = waiting.stream().filter(Request::done).toList();
    waiting.removeAll(done);
    if (waiting.isEmpty() && armed) {
      armed = false;
      writeMask();
    }
    done.forEach(Request::signal);
    done.forEach(request -> request.context().retire());
  }

  /** Writes the mask as it must be, after a reset. */
  public void writeMask() {
    engine.write(RING_IMR, ~(armed ? ENGINE_INTERRUPTS : ENGINE_INTERRUPTS & ~USER_INTERRUPT));
  }
}
