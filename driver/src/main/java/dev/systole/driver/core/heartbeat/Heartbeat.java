package dev.systole.driver.core.heartbeat;

import dev.systole.driver.core.EngineTunables;
import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.Jiffies;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Priority;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.cpu.DelayedWork;
import dev.systole.driver.cpu.WorkQueue;
import java.util.function.Consumer;

/**
 * Hang detection of one engine (i915: intel_engine_heartbeat.c: heartbeat; i915-kernel.md 2.3). A
 * heartbeat is an empty request of the kernel; if it does not come back within an interval it
 * becomes more urgent, and in the end the engine is held to be hung.
 */
public final class Heartbeat {
  private final Execlists execlists;
  private final GpuContext kernelContext;
  private final Consumer<String> hangHandler;
  private final Gt gt;
  private final DelayedWork work;

  /** The heartbeat that is under way, or null (the name is i915's). */
  private Request systole;

  /** When it was emitted or last raised. */
  private long emittedJiffies;

  /** Serial of the engine when nothing but the kernel's own request had been submitted. */
  private long idleSerial;

  private boolean awake;

  /**
   * The heartbeat of an engine, at rest.
   *
   * @param hangHandler resets the engine; the argument says why. Thread context
   */
  public Heartbeat(
      Execlists execlists,
      GpuContext kernelContext,
      WorkQueue workQueue,
      Consumer<String> hangHandler) {
    this.execlists = execlists;
    this.kernelContext = kernelContext;
    this.hangHandler = hangHandler;
    this.gt = execlists.engine().gt();
    this.work = workQueue.delayed(this::beat);
  }

  /** The engine has work: starts to watch it. */
  public void unpark() {
    awake = true;
    rearm();
  }

  /** The engine is idle: rests. */
  public void park() {
    awake = false;
    systole = null;
    work.cancel();
  }

  /** Before the kernel submits a request to {@code execlists}: what follows needs no check. */
  public void kernelRequestFollows() {
    idleSerial = execlists.serial() + 1;
  }

  private void beat() {
    execlists.flush();
    if (systole != null && systole.done()) {
      gt.health().heartbeatCompleted(execlists.engine().engine(), systole.seqno());
      kernelContext.retire();
      systole = null;
    }
    if (!awake) return;
    if (gt.status().wedged()) {
      rearm();
      return;
    }
    if (systole != null) {
      escalateIfOverdue();
    } else if (execlists.serial() != idleSerial) {
      emit();
    }
    rearm();
  }

  private void escalateIfOverdue() {
    long interval = Jiffies.timeoutOfMillis(tunables().heartbeatIntervalMillis());
    if (gt.jiffies() <= emittedJiffies + interval) return;
    if (systole.priority() < Priority.BARRIER) {
      raise();
    } else {
      gt.health().heartbeatStopped(execlists.engine().engine(), systole.seqno());
      hangHandler.accept("stopped heartbeat on " + execlists.engine());
    }
    emittedJiffies = gt.jiffies();
  }

  private void raise() {
    int priority = Priority.NORMAL;
    if (systole.priority() >= priority) priority = Priority.HEARTBEAT;
    if (systole.priority() >= priority) priority = Priority.BARRIER;
    gt.health().heartbeatRaised(execlists.engine().engine(), systole.seqno(), priority);
    execlists.reschedule(systole, priority);
  }

  private void emit() {
    kernelRequestFollows();
    systole = kernelContext.submitEmpty(Priority.MIN);
    emittedJiffies = gt.jiffies();
    gt.health().heartbeatEmitted(execlists.engine().engine(), systole.seqno(), systole.priority());
  }

  private void rearm() {
    int intervalMillis = tunables().heartbeatIntervalMillis();
    if (intervalMillis == 0) {
      systole = null;
      return;
    }
    long delay = Jiffies.timeoutOfMillis(delayMillis(intervalMillis));
    long now = gt.jiffies();
    if (delay >= Jiffies.HZ) delay = Jiffies.roundUpToSecond(now + delay) - now;
    work.scheduleAt(Jiffies.toNanos(now + delay + 1));
  }

  /** A last wait is long enough for the preempt timeout to come first. */
  private int delayMillis(int intervalMillis) {
    boolean lastWait =
        systole != null
            && systole.priority() >= Priority.BARRIER
            && intervalMillis == EngineTunables.HEARTBEAT_INTERVAL_DEFAULT_MILLIS;
    return lastWait
        ? Math.max(intervalMillis, 2 * tunables().preemptTimeoutMillis())
        : intervalMillis;
  }

  private EngineTunables tunables() {
    return execlists.engine().tunables();
  }
}
