package dev.systole.driver.core.execlists;

import static dev.systole.spec.gen12.RingRegisters.RING_CONTEXT_STATUS_PTR;
import static dev.systole.spec.gen12.RingRegisters.RING_EIR;
import static dev.systole.spec.gen12.RingRegisters.RING_EMR;
import static dev.systole.spec.gen12.RingRegisters.RING_EXECLIST_STATUS_HI;

import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.GtInterrupts;
import dev.systole.driver.core.request.Breadcrumbs;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.cpu.Tasklet;
import dev.systole.gpu.door.HealthDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Submission of one engine: decides which requests stand in the ports, in a tasklet that runs after
 * every submission, context switch and timeout (i915: execlists_submission_tasklet).
 */
public final class Execlists {
  private static final int ERROR_CSB = 1 << 31;
  private static final int ERROR_PREEMPT = 1 << 30;
  private static final int ERROR_CS_MASK = 0xffff;

  private static final int NO_YIELD = ~0;
  private static final int CONDEMNED_PREEMPT_TIMEOUT_MILLIS = 1;

  private final GtEngine engine;
  private final HealthDoor health;
  private final Breadcrumbs breadcrumbs;
  private final StatusBuffer statusBuffer;
  private final Ports ports;
  private final Runlist runlist;
  private final Tasklet tasklet;
  private final Timeout preemptTimeout;
  private final Timeout timeslice;

  private Consumer<String> errorHandler;
  private Request preemptTarget;
  private long preemptSinceNanos;
  private int errors;
  private int yield = NO_YIELD;
  private long serial;
  private boolean paused;

  /** Submission to {@code engine}, with nothing to do. */
  public Execlists(GtEngine engine) {
    this.engine = engine;
    this.health = engine.gt().health();
    this.breadcrumbs = new Breadcrumbs(engine);
    this.statusBuffer = new StatusBuffer(engine);
    this.ports = new Ports(engine);
    this.runlist = new Runlist(engine.gt().config().scheduling());
    this.tasklet = new Tasklet(engine.gt().cpu(), this::process);
    this.preemptTimeout = new Timeout(engine.gt().cpu(), tasklet);
    this.timeslice = new Timeout(engine.gt().cpu(), tasklet);
  }

  /** Sets who resets the engine when it is in error; the argument says why. DPC context. */
  public void onError(Consumer<String> handler) {
    errorHandler = handler;
  }

  public GtEngine engine() {
    return engine;
  }

  /** Counts what was given to the hardware. */
  public long serial() {
    return serial;
  }

  /** Takes a request to be run by its priority. */
  public void submit(Request request) {
    int context = request.context().id();
    health.requestQueued(engine.engine(), context, request.seqno(), request.priority());
    runlist.add(request);
    tasklet.schedule();
  }

  /** Raises the priority of a request that is not done. */
  public void reschedule(Request request, int priority) {
    runlist.reschedule(request, priority);
    tasklet.schedule();
  }

  /** Runs the tasklet now if it is due. */
  public void flush() {
    tasklet.flush();
  }

  /** What stands in the ports, first the one that runs. */
  public List<Request> active() {
    return List.copyOf(ports.active());
  }

  /** Whether there is nothing to do and the hardware knows it. */
  public boolean idle() {
    runlist.forgetDone();
    return runlist.isEmpty() && ports.active().isEmpty() && ports.pending().isEmpty();
  }

  /** The engine's interrupt bits, served in i915's order (i915-kernel.md 2.5). */
  public void interrupt(int bits) {
    if ((bits & GtInterrupts.CS_ERROR) != 0) commandStreamerError();
    if ((bits & GtInterrupts.WAIT_SEMAPHORE) != 0) {
      yield = engine.read(RING_EXECLIST_STATUS_HI);
      if (timeslice.armed()) tasklet.schedule();
    }
    if ((bits & GtInterrupts.CONTEXT_SWITCH) != 0) tasklet.schedule();
    if ((bits & GtInterrupts.USER_INTERRUPT) != 0) breadcrumbs.signal();
  }

  private void commandStreamerError() {
    int eir = engine.read(RING_EIR) & ERROR_CS_MASK;
    if (eir == 0) return;
    engine.write(RING_EMR, ~0);
    engine.write(RING_EIR, eir);
    health.csError(engine.engine(), eir);
    errors |= eir;
    tasklet.schedule();
  }

  private void process() {
    List<Request> left = processStatus();
    checkPreemptTimeout();
    if (errors != 0) {
      String message = errorMessage();
      errors = 0;
      errorHandler.accept(message);
    }
    if (ports.pending().isEmpty()) {
      dequeue();
      startTimeslice();
    }
    left.forEach(this::leftHardware);
  }

  private String errorMessage() {
    if ((errors & ERROR_CS_MASK) != 0) return "CS error";
    if ((errors & ERROR_CSB) != 0) return "invalid CSB event";
    return "preemption time out";
  }

  /** Follows what the hardware did; returns what left the ports. */
  private List<Request> processStatus() {
    var left = new ArrayList<Request>();
    for (ContextStatus status : statusBuffer.take()) {
      boolean expected = status.promotes() ? !ports.pending().isEmpty() : !ports.active().isEmpty();
      if (!expected) {
        errors |= ERROR_CSB;
        break;
      }
      if (status.promotes()) {
        pause(false);
        preemptTimeout.cancel();
        left.addAll(ports.promote());
        engine.read(RING_CONTEXT_STATUS_PTR);
      } else {
        left.add(ports.pop());
      }
      timeslice.cancel();
    }
    return left;
  }

  private void leftHardware(Request request) {
    ports.unload(request);
    runlist.forgetDone();
    request.context().retire();
  }

  private void checkPreemptTimeout() {
    if (!preemptTimeout.expired() || ports.pending().isEmpty()) return;
    preemptTimeout.cancel();
    if (ports.active().isEmpty()) return;
    Request running = ports.active().getFirst();
    if (running != preemptTarget) {
      startPreemptTimeout(running);
      return;
    }
    errors |= ERROR_PREEMPT;
    // A port names the last request of its context; the one that runs is the oldest unfinished.
    Request oldest = running.context().oldestUnfinished();
    int seqno = (oldest == null ? running : oldest).seqno();
    long waitedNanos = engine.gt().nowNanos() - preemptSinceNanos;
    health.preemptTimeout(engine.engine(), running.context().id(), seqno, waitedNanos);
  }

  private void startPreemptTimeout(Request running) {
    preemptTarget = running;
    preemptSinceNanos = engine.gt().nowNanos();
    boolean condemned = running.context().banned() || running.error() != 0;
    preemptTimeout.startMillis(
        condemned ? CONDEMNED_PREEMPT_TIMEOUT_MILLIS : engine.tunables().preemptTimeoutMillis());
  }

  private void dequeue() {
    runlist.forgetDone();
    List<Request> running = ports.active().stream().filter(r -> !r.done()).toList();
    if (running.isEmpty()) {
      fillPorts(null);
      return;
    }
    Request first = running.getFirst();
    if (runlist.mustPreempt(first)) {
      pause(true);
      unwind();
      fillPorts(null);
    } else if (sliceExpired(first)) {
      // Without this the same ports, filled again, would count as expired for ever.
      timeslice.cancel();
      pause(true);
      unwind();
      runlist.defer(first);
      fillPorts(null);
    } else if (running.size() == 1) {
      fillPorts(first);
    }
  }

  private boolean sliceExpired(Request running) {
    return runlist.hasAlternative(running)
        && (timeslice.expired() || yield == running.context().hardwareId());
  }

  private void unwind() {
    runlist.unwind().forEach(breadcrumbs::cancel);
  }

  /** A request that was taken for a port. */
  private record Taken(Request request, int port) {}

  /** Fills the ports from the queue behind {@code last}, which runs and may be null. */
  private void fillPorts(Request last) {
    var chosen = new ArrayList<Request>(Ports.COUNT);
    var taken = new ArrayList<Taken>();
    for (Request next = runlist.next(); next != null; next = runlist.next()) {
      if (last != null && last.context() != next.context()) {
        if (chosen.size() == Ports.COUNT - 1) break;
        chosen.add(last);
      }
      give(next);
      taken.add(new Taken(next, chosen.size()));
      last = next;
    }
    if (last != null) chosen.add(last);
    if (taken.isEmpty() || chosen.equals(ports.active())) {
      pause(false);
      return;
    }
    yield = NO_YIELD;
    if (!ports.active().isEmpty()) startPreemptTimeout(ports.active().getFirst());
    ports.write(chosen);
    for (Taken entry : taken) reportSubmitted(entry.request(), entry.port());
  }

  private void give(Request request) {
    serial++;
    runlist.give(request);
    if (request.batch() != null) breadcrumbs.enable(request);
  }

  private void reportSubmitted(Request request, int port) {
    int context = request.context().id();
    health.requestSubmitted(engine.engine(), port, context, request.seqno(), request.priority());
  }

  private void startTimeslice() {
    boolean choice =
        ports.pending().isEmpty()
            && !ports.active().isEmpty()
            && runlist.hasAlternative(ports.active().getFirst());
    if (!choice) {
      timeslice.cancel();
    } else if (timeslice.expired()) {
      tasklet.schedule();
    } else if (!timeslice.armed()) {
      timeslice.startMillis(engine.tunables().timesliceMillis());
    }
  }

  private void pause(boolean freeze) {
    if (paused == freeze) return;
    paused = freeze;
    engine.statusPage().pause(freeze);
  }

  /** Stops the tasklet and freezes contexts at the end of their requests, for a reset. */
  public void prepareReset() {
    tasklet.disable();
    pause(true);
  }

  /** The loaded context that the hardware calls {@code hardwareId}, or null. */
  public GpuContext loadedContext(int hardwareId) {
    return ports.contextOf(hardwareId);
  }

  /** Takes a request, and what depends on it, from the engine until {@link #unhold}. */
  public void hold(Request request) {
    runlist.hold(request).forEach(breadcrumbs::cancel);
  }

  /** Lets go on what was held. */
  public void unhold() {
    reportResubmitted(runlist.unhold());
    tasklet.schedule();
  }

  /**
   * After the engine was reset: judges what ran, and takes everything unfinished back (i915:
   * execlists_reset_rewind).
   *
   * @param hardwareId the context that ran
   * @param blame told the request that had started and was not done
   */
  public void rewind(int hardwareId, Consumer<Request> blame) {
    processStatus().forEach(this::leftHardware);
    statusBuffer.reset();
    GpuContext hung = ports.contextOf(hardwareId);
    if (hung != null) restart(hung, blame);
    List<Request> unwound = runlist.unwind();
    unwound.forEach(breadcrumbs::cancel);
    preemptTimeout.cancel();
    timeslice.cancel();
    errors = 0;
    pause(false);
    ports.clear().forEach(ports::unload);
    reportResubmitted(unwound);
  }

  /** Says which of them had been given to the hardware and did no wrong. */
  private void reportResubmitted(List<Request> requests) {
    for (Request request : requests) {
      if (!request.given() || request.error() != 0) continue;
      health.requestResubmitted(engine.engine(), request.context().id(), request.seqno());
    }
  }

  /** Lets a context go on at its oldest unfinished request, whose payload may have to go. */
  private static void restart(GpuContext context, Consumer<Request> blame) {
    Request oldest = context.oldestUnfinished();
    if (oldest != null && oldest.started()) blame.accept(oldest);
    context.restartAt(oldest);
  }

  /** Makes the engine ready for the first time. */
  public void initialise() {
    statusBuffer.reset();
    resume();
  }

  /**
   * Makes the engine ready after {@link #rewind}.
   *
   * @return false when it is still in error
   */
  public boolean resume() {
    breadcrumbs.writeMask();
    return engine.resume();
  }

  /** Ends {@link #prepareReset}: the tasklet fills the ports again. */
  public void finishReset() {
    tasklet.enable();
    tasklet.schedule();
  }

  /** Does nothing any more. */
  public void shutDown() {
    tasklet.disable();
    preemptTimeout.cancel();
    timeslice.cancel();
  }

  /** Takes everything away from a GPU that was given up; nothing will run. */
  public List<Request> drain() {
    ports.clear().forEach(ports::unload);
    return runlist.drain();
  }
}
