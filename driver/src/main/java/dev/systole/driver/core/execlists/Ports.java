package dev.systole.driver.core.execlists;

import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_CONTROL;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_CONTROL_LOAD;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_SQ_CONTENTS_HI;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_SQ_CONTENTS_LO_STRIDE_BYTES;

import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * The two submission ports of an engine: what the hardware executes ({@code active}) and what was
 * written but not acknowledged ({@code pending}). A port names a context by its last request.
 */
final class Ports {
  /** How many contexts the hardware takes at once. */
  static final int COUNT = 2;

  private static final int TAGS = 63;

  private final GtEngine engine;
  private final List<Request> active = new ArrayList<>(COUNT);
  private final List<Request> pending = new ArrayList<>(COUNT);

  /** Bit n is set while tag n names a loaded context. */
  private long tagsInUse;

  Ports(GtEngine engine) {
    this.engine = engine;
  }

  List<Request> active() {
    return active;
  }

  List<Request> pending() {
    return pending;
  }

  /** Writes {@code requests} to the hardware, as pending (i915: execlists_submit_ports). */
  void write(List<Request> requests) {
    pending.addAll(requests);
    requests.forEach(request -> load(request.context()));
    for (int port = COUNT - 1; port >= 0; port--) {
      int low = 0;
      int high = 0;
      if (port < requests.size()) {
        GpuContext context = requests.get(port).context();
        low = context.takeDescriptor(requests.get(port));
        high = context.hardwareId();
      }
      int offset = port * RING_EXECLIST_SQ_CONTENTS_LO_STRIDE_BYTES;
      engine.write(RING_EXECLIST_SQ_CONTENTS_LO + offset, low);
      engine.write(RING_EXECLIST_SQ_CONTENTS_HI + offset, high);
    }
    engine.write(RING_EXECLIST_CONTROL, RING_EXECLIST_CONTROL_LOAD);
  }

  /**
   * The hardware took over what is pending.
   *
   * @return what was active
   */
  List<Request> promote() {
    var replaced = List.copyOf(active);
    active.clear();
    active.addAll(pending);
    pending.clear();
    return replaced;
  }

  /** The first active port is through. */
  Request pop() {
    return active.removeFirst();
  }

  /** Forgets everything, for a reset, and returns what stood there. */
  List<Request> clear() {
    var all = new ArrayList<>(pending);
    all.addAll(active);
    pending.clear();
    active.clear();
    return all;
  }

  /** The context that the hardware calls {@code hardwareId}, or null. */
  GpuContext contextOf(int hardwareId) {
    for (Request request : active) {
      if (request.context().hardwareId() == hardwareId) return request.context();
    }
    for (Request request : pending) {
      if (request.context().hardwareId() == hardwareId) return request.context();
    }
    return null;
  }

  private void load(GpuContext context) {
    if (context.holdPort() > 1) return;
    int tag = Long.numberOfTrailingZeros(~tagsInUse >>> 1) + 1;
    if (tag > TAGS) throw new IllegalStateException("no context tag is free on " + engine);
    tagsInUse |= 1L << tag;
    context.setTag(tag);
  }

  /** A port does not name the context of {@code request} any more. */
  void unload(Request request) {
    GpuContext context = request.context();
    if (context.releasePort() > 0) return;
    tagsInUse &= ~(1L << context.tag());
    context.setTag(0);
  }
}
