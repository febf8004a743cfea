package dev.systole.driver.core.device;

import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.Jiffies;
import dev.systole.driver.core.heartbeat.Heartbeat;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Priority;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.core.request.Submission;
import dev.systole.driver.cpu.Timer;
import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.cpu.WorkQueue;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One engine with everything that drives it. Takes the requests of its contexts, and parks when the
 * last one has left: it first switches to the kernel's context, so that no user's image stays
 * loaded (i915: intel_engine_pm.c; i915-kernel.md 7.1).
 */
final class EngineUnit implements Submission {
  private final Gt gt;
  private final GtEngine engine;
  private final Execlists execlists;
  private final GpuContext kernelContext;
  private final Heartbeat heartbeat;
  private final Timer parkTimer;
  private final WaitQueue parked;

  /** Contexts whose image the hardware may hold, in the order in which they came. */
  private final List<GpuContext> pinned = new ArrayList<>();

  private GpuContext lastContext;
  private byte[] defaultState;
  private int outstanding;
  private boolean awake;

  /**
   * An engine at rest.
   *
   * @param kernelContextId number of the kernel's context
   * @param hangHandler told the engine and why when its heartbeat stops
   */
  EngineUnit(
      Gt gt,
      Engine engine,
      int kernelContextId,
      long kernelPageTableRoot,
      WorkQueue workQueue,
      BiConsumer<Execlists, String> hangHandler) {
    this.gt = gt;
    this.engine = new GtEngine(gt, engine);
    this.execlists = new Execlists(this.engine);
    this.kernelContext =
        GpuContext.ofKernel(this.engine, kernelContextId, this, kernelPageTableRoot);
    this.heartbeat =
        new Heartbeat(
            execlists, kernelContext, workQueue, why -> hangHandler.accept(execlists, why));
    this.parkTimer = gt.cpu().timer(this::park);
    this.parked = new WaitQueue(engine + " to go idle");
  }

  Execlists execlists() {
    return execlists;
  }

  /** The image that new contexts begin with, once it was recorded. */
  byte[] defaultState() {
    return defaultState;
  }

  void setDefaultState(byte[] state) {
    defaultState = state;
  }

  @Override
  public void wake() {
    parkTimer.cancel();
    if (awake) return;
    awake = true;
    if (gt.status().engineAwake()) gt.health().gtAwake(true);
    heartbeat.unpark();
  }

  @Override
  public void submit(Request request) {
    GpuContext context = request.context();
    outstanding++;
    lastContext = context;
    if (!pinned.contains(context)) pinned.add(context);
    if (gt.status().wedged()) {
      request.fail(GpuContext.ERRNO_IO);
      gt.cpu().synchronizeExecution(request::signal);
      context.retire();
    } else {
      execlists.submit(request);
    }
  }

  @Override
  public void retired(Request request) {
    outstanding--;
    if (outstanding == 0) parkTimer.armAt(Jiffies.toNanos(gt.jiffies() + 1));
  }

  private void park() {
    if (outstanding > 0) return;
    if (lastContext != kernelContext && !gt.status().wedged()) {
      heartbeat.kernelRequestFollows();
      kernelContext.submitEmpty(Priority.BARRIER);
      return;
    }
    awake = false;
    heartbeat.park();
    pinned.forEach(GpuContext::unpin);
    pinned.clear();
    if (gt.status().engineParked()) gt.health().gtAwake(false);
    gt.cpu().wakeAll(parked);
  }

  /**
   * Blocks until the engine is parked.
   *
   * @return false when it still was not after {@code limitNanos}
   */
  boolean awaitParked(long limitNanos) {
    long deadlineNanos = gt.nowNanos() + limitNanos;
    while (awake) {
      long restNanos = deadlineNanos - gt.nowNanos();
      if (restNanos <= 0 || !gt.cpu().await(parked, restNanos)) return !awake;
    }
    return true;
  }

  /** Stops watching an engine that will not be used any more. */
  void shutDown() {
    parkTimer.cancel();
    heartbeat.park();
    execlists.shutDown();
  }
}
