package dev.systole.driver.core.capture;

import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_STATUS_HI;

import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.cpu.WorkQueue;
import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.Capture;
import dev.systole.errorstate.ElspEntry;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.GpuProcess;
import dev.systole.errorstate.HangMessage;
import dev.systole.errorstate.Registers;
import dev.systole.errorstate.RequestOffsets;
import dev.systole.errorstate.text.ErrorStateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Captures what a hang leaves behind (i915: i915_gpu_error.c; i915-kernel.md 1.10). The first error
 * is kept until somebody clears it; later ones are only logged.
 */
public final class ErrorCapture {
  private static final int GRAPHICS_VERSION = 12;
  private static final String KERNEL = "6.16.0 x86_64";
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Gt gt;
  private final List<Execlists> engines;
  private final Capture.Device device;
  private final WorkQueue worker;
  private boolean stored;

  /**
   * Captures of {@code engines}.
   *
   * @param worker copies memory while engines go on
   */
  public ErrorCapture(Gt gt, List<Execlists> engines, Capture.Device device, WorkQueue worker) {
    this.gt = gt;
    this.engines = List.copyOf(engines);
    this.device = device;
    this.worker = worker;
  }

  /** Forgets the stored error, so that the next one is stored. */
  public void clear() {
    stored = false;
  }

  /**
   * Reads the registers of an engine that is about to be reset, takes the request that it hangs in
   * from it, and lets a worker do the rest (i915: execlists_capture). No dump if nothing hangs.
   */
  public void captureLater(Execlists execlists) {
    Request request = hungRequest(execlists);
    if (request == null) return;
    Snapshot snapshot = snapshot(execlists, request, true);
    Registers registers = GtCapture.read(gt.mmio());
    Capture.Host host = host();
    execlists.hold(request);
    worker.queue(
        () -> {
          store(host, registers, List.of(finish(snapshot)), execlists);
          execlists.unhold();
        });
  }

  /** Captures every engine that has something to do, at once (i915: i915_capture_error_state). */
  public void captureNow(Execlists hung) {
    var states = new ArrayList<EngineState>();
    for (Execlists execlists : engines.reversed()) {
      Request request = hungRequest(execlists);
      if (request == null) continue;
      states.add(finish(snapshot(execlists, request, execlists == hung)));
    }
    if (!states.isEmpty()) store(host(), GtCapture.read(gt.mmio()), states, hung);
    GtCapture.clearErrors(gt.mmio());
  }

  private static Request hungRequest(Execlists execlists) {
    int running = execlists.engine().read(RING_EXECLIST_STATUS_HI);
    GpuContext context = execlists.loadedContext(running);
    return context == null ? null : context.oldestUnfinished();
  }

  private Snapshot snapshot(Execlists execlists, Request request, boolean hung) {
    EngineState.Builder state = EngineState.builder(execlists.engine().engine().kernelName());
    EngineRegisters.read(execlists.engine(), state);
    state
        .hung(hung)
        .request(offsets(request))
        .resetCount(gt.status().engineResets(execlists.engine().engine()));
    if (request.batch() != null) state.batch(CapturedMemory.pagesOf(request.batch()));
    List<Request> ports = execlists.active();
    for (int port = 0; port < ports.size(); port++) state.port(port(port, ports.get(port)));
    return new Snapshot(execlists, request, state);
  }

  private static RequestOffsets offsets(Request request) {
    return new RequestOffsets(request.head(), request.postfix(), request.tail());
  }

  private static ElspEntry port(int port, Request request) {
    GpuContext context = request.context();
    return new ElspEntry(
        port,
        context.owner().pid(),
        context.id(),
        request.seqno(),
        request.completed(),
        request.signalling(),
        request.priority(),
        request.head(),
        request.tail());
  }

  private EngineState finish(Snapshot snapshot) {
    GpuContext context = snapshot.request().context();
    EngineState.Builder state = snapshot.state();
    state
        .context(activeContext(context))
        .timelineSeqno(Integer.toUnsignedLong(context.timeline().current()));
    new CapturedMemory(gt).of(snapshot.request()).forEach(state::object);
    return state.build();
  }

  private static ActiveContext activeContext(GpuContext context) {
    ContextOwner owner = context.owner();
    var process = new GpuProcess(owner.processName(), owner.pid());
    return new ActiveContext(process, context.priority(), context.guiltyCount(), 0, 0, 0);
  }

  private Capture.Host host() {
    long nowMicros = gt.nowNanos() / NANOS_PER_MICRO;
    long uptimeMicros = (gt.nowNanos() - gt.status().initialisedNanos()) / NANOS_PER_MICRO;
    long realtimeMicros = gt.config().bootEpochSeconds() * MICROS_PER_SECOND + nowMicros;
    return new Capture.Host(KERNEL, realtimeMicros, nowMicros, uptimeMicros, gt.jiffies(), 0);
  }

  private void store(
      Capture.Host host, Registers registers, List<EngineState> states, Execlists hung) {
    var message = HangMessage.about(GRAPHICS_VERSION, states);
    gt.log().info(message.toString());
    if (stored) return;
    stored = true;
    var capture =
        new Capture(
            Optional.of(message),
            host,
            device,
            gt.status().gtResets(),
            0,
            gt.status().awake(),
            registers,
            states);
    byte[] text = ErrorStateWriter.print(capture).toByteArray();
    gt.health().errorCaptured(hung.engine().engine(), ecode(message), text);
    gt.log().info("GPU error state saved to /sys/class/drm/card0/error");
  }

  /** The code alone: {@code 12:1:85dffffb}. */
  private static String ecode(HangMessage message) {
    return "%d:%x:%08x"
        .formatted(message.graphicsVersion(), message.engineMask(), message.signature());
  }
}
