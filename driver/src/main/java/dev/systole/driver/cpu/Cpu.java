package dev.systole.driver.cpu;

import dev.systole.gpu.sim.Hardware;
import dev.systole.gpu.sim.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One CPU in virtual time. What runs, runs until it returns or blocks; whoever blocks picks what is
 * next: the earliest of all that is due, and at the same time first interrupts, then DPCs, timers
 * and threads. If nothing is due, the hardware runs on until it raises an interrupt or something
 * becomes due.
 *
 * <p>Handing over is a baton: the virtual thread that blocks wakes the next one and parks itself,
 * so that exactly one runs and the clock alone decides which.
 */
public final class Cpu {
  /** What goes first among things that are due at the same time. */
  enum Rank {
    INTERRUPT,
    DPC,
    TIMER,
    THREAD
  }

  /** Something to do at a time; the sequence number makes the order total. */
  record Due(long timeNanos, Rank rank, long sequence, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.compare(timeNanos, other.timeNanos);
      if (order == 0) order = rank.compareTo(other.rank);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  /** How a run ended. */
  public sealed interface Outcome {
    /** Every thread that is not a daemon returned, and the hardware came to rest. */
    record Finished() implements Outcome {}

    /** Nothing can happen any more, and these threads still wait. */
    record Stuck(List<CpuThread> waiting) implements Outcome {}

    /** The time limit of {@link Cpu#run} was reached; these threads still wait. */
    record TimeLimit(List<CpuThread> waiting) implements Outcome {}

    /** The kernel stopped the machine. */
    record Stopped(String bugCheck) implements Outcome {}
  }

  private final VirtualClock clock;
  private final Hardware hardware;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final List<CpuThread> threads = new ArrayList<>();
  private long sequence;
  private long limitNanos = Long.MAX_VALUE;

  /** The thread that has the baton; null while interrupts, DPCs, timers or nobody runs. */
  private CpuThread current;

  private boolean inInterruptContext;
  private Thread owner;
  private volatile Thread baton;
  private Outcome outcome;
  private Throwable failure;
  private boolean shuttingDown;

  /** Thrown where a thread waits when its CPU is shut down. */
  private static final class ShutDown extends Error {
    private static final long serialVersionUID = 1L;

    ShutDown() {
      super("the CPU was shut down", null, false, false);
    }
  }

  /** A CPU that lives by {@code clock} and lets {@code hardware} run while it idles. */
  public Cpu(VirtualClock clock, Hardware hardware) {
    this.clock = clock;
    this.hardware = hardware;
  }

  /** The clock that this CPU moves. */
  public VirtualClock clock() {
    return clock;
  }

  /** The running thread, or null in interrupt, DPC and timer context. */
  public CpuThread current() {
    return inInterruptContext ? null : current;
  }

  /** Whether interrupt, DPC or timer code runs: it must not block. */
  public boolean inInterruptContext() {
    return inInterruptContext;
  }

  /** Runs {@code action} at the level of interrupts (WDM: KeSynchronizeExecution). */
  public void synchronizeExecution(Runnable action) {
    boolean before = inInterruptContext;
    inInterruptContext = true;
    try {
      action.run();
    } finally {
      inInterruptContext = before;
    }
  }

  /** Starts a thread at the present; the run does not end before it does. */
  public CpuThread start(String name, Runnable body) {
    return start(name, false, body);
  }

  /** Starts a worker thread at the present; the run may end while it waits. */
  public CpuThread startDaemon(String name, Runnable body) {
    return start(name, true, body);
  }

  private CpuThread start(String name, boolean daemon, Runnable body) {
    var holder = new CpuThread[1];
    var thread = new CpuThread(name, daemon, () -> runBody(holder[0], body));
    holder[0] = thread;
    threads.add(thread);
    schedule(
        clock.nowNanos(),
        Rank.THREAD,
        () -> {
          current = thread;
          baton = thread.carrier();
        });
    return thread;
  }

  /** A timer; it is not armed yet. */
  public Timer timer(Runnable callback) {
    return new Timer(this, callback);
  }

  /** Queues an interrupt handler as of {@code timeNanos}, which may lie in the past. */
  public void raiseInterrupt(long timeNanos, Runnable handler) {
    schedule(timeNanos, Rank.INTERRUPT, handler);
  }

  /** Queues a deferred procedure call; it runs as soon as what runs now returns or blocks. */
  public void queueDpc(Runnable procedure) {
    schedule(clock.nowNanos(), Rank.DPC, procedure);
  }

  /** Lets the current thread sleep. */
  public void sleep(long durationNanos) {
    await(new WaitQueue("sleep"), durationNanos);
  }

  /** Blocks the current thread until it is woken. */
  public void await(WaitQueue queue) {
    await(queue, Long.MAX_VALUE);
  }

  /**
   * Blocks the current thread until it is woken or {@code timeoutNanos} have passed.
   *
   * @return false after the timeout
   */
  public boolean await(WaitQueue queue, long timeoutNanos) {
    if (shuttingDown) throw new ShutDown();
    CpuThread thread = current();
    if (thread == null) throw new IllegalStateException("wait for " + queue.name() + " in a DPC");
    Due timeout = null;
    if (timeoutNanos != Long.MAX_VALUE) {
      long at = Math.addExact(clock.nowNanos(), timeoutNanos);
      timeout = schedule(at, Rank.THREAD, () -> resume(thread, false));
    }
    thread.beginWait(queue, timeout);
    queue.add(thread);
    passBaton(thread.carrier());
    if (shuttingDown) throw new ShutDown();
    return thread.wokenBySignal();
  }

  /** Makes the first waiter of {@code queue} ready. */
  public void wakeOne(WaitQueue queue) {
    CpuThread thread = queue.poll();
    if (thread != null) makeReady(thread);
  }

  /** Makes every waiter of {@code queue} ready, in the order in which they came. */
  public void wakeAll(WaitQueue queue) {
    for (CpuThread thread = queue.poll(); thread != null; thread = queue.poll()) makeReady(thread);
  }

  /**
   * Runs until every thread has ended and the hardware is at rest, until nothing can happen any
   * more, or up to {@code limitNanos}. Called from outside; what a thread throws is thrown here.
   */
  public Outcome run(long limitNanos) {
    this.limitNanos = limitNanos;
    owner = Thread.currentThread();
    outcome = null;
    failure = null;
    passBaton(owner);
    if (failure instanceof BugCheck e) return new Outcome.Stopped(e.getMessage());
    if (failure instanceof RuntimeException e) throw e;
    if (failure instanceof Error e) throw e;
    return outcome;
  }

  /**
   * Ends every thread that still waits, daemons too: an error is thrown where it waits. Called from
   * outside, after the last run; without it the JVM keeps such threads for ever.
   */
  public void shutDown() {
    owner = Thread.currentThread();
    shuttingDown = true;
    due.clear();
    for (CpuThread thread : List.copyOf(threads)) {
      if (thread.carrier().getState() == Thread.State.NEW) continue;
      current = thread;
      baton = thread.carrier();
      handOver(owner);
    }
    threads.clear();
  }

  Due schedule(long timeNanos, Rank rank, Runnable action) {
    var item = new Due(timeNanos, rank, sequence++, action);
    due.add(item);
    return item;
  }

  void unschedule(Due item) {
    due.remove(item);
  }

  private void makeReady(CpuThread thread) {
    if (thread.wakeUp() != null) unschedule(thread.wakeUp());
    schedule(clock.nowNanos(), Rank.THREAD, () -> resume(thread, true));
  }

  private void resume(CpuThread thread, boolean bySignal) {
    if (!bySignal) thread.waitingOn().remove(thread);
    thread.endWait(bySignal);
    current = thread;
    baton = thread.carrier();
  }

  private void runBody(CpuThread thread, Runnable body) {
    try {
      body.run();
    } catch (ShutDown e) {
      // As it was asked to.
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    thread.end();
    threads.remove(thread);
    if (shuttingDown) baton = owner;
    else dispatchUntilHandedOver();
    wakeHolder(baton);
  }

  /** Finds out who goes on, wakes it, and parks {@code self} until the baton comes back. */
  private void passBaton(Thread self) {
    dispatchUntilHandedOver();
    if (baton != self) handOver(self);
  }

  private void handOver(Thread self) {
    wakeHolder(baton);
    while (baton != self) LockSupport.park(this);
  }

  /** A thread runs only once the baton is its own, so a new one is started no earlier than here. */
  private static void wakeHolder(Thread holder) {
    if (holder.getState() == Thread.State.NEW) holder.start();
    else LockSupport.unpark(holder);
  }

  private void dispatchUntilHandedOver() {
    baton = null;
    current = null;
    if (failure != null) {
      baton = owner;
      return;
    }
    try {
      while (baton == null) dispatchOne();
    } catch (RuntimeException | Error e) {
      fail(e);
      baton = owner;
    } finally {
      inInterruptContext = false;
    }
  }

  private void dispatchOne() {
    // While software ran, hardware may have raised interrupts that come before what is due.
    if (hardware.nextEventNanos() <= clock.nowNanos()) hardware.runUntil(clock.nowNanos());
    Due next = due.peek();
    if (next != null && next.timeNanos() <= clock.nowNanos()) {
      due.poll();
      inInterruptContext = next.rank() != Rank.THREAD;
      next.action().run();
      return;
    }
    if (finished()) {
      end(new Outcome.Finished());
      return;
    }
    if (next == null && hardware.nextEventNanos() == Long.MAX_VALUE) {
      end(new Outcome.Stuck(waiting()));
      return;
    }
    // With nothing else to come, the run ends as soon as the hardware is at rest.
    idle(next == null ? hardware.nextEventNanos() : next.timeNanos());
  }

  private void idle(long untilNanos) {
    long targetNanos = Math.min(untilNanos, limitNanos);
    clock.advanceTo(Math.max(clock.nowNanos(), hardware.runToInterrupt(targetNanos)));
    Due next = due.peek();
    boolean nothingDue = next == null || next.timeNanos() > clock.nowNanos();
    if (clock.nowNanos() >= limitNanos && nothingDue) end(new Outcome.TimeLimit(waiting()));
  }

  private boolean finished() {
    return !hardware.busy() && threads.stream().allMatch(CpuThread::daemon);
  }

  private List<CpuThread> waiting() {
    return threads.stream().filter(t -> !t.daemon()).toList();
  }

  private void end(Outcome result) {
    outcome = result;
    baton = owner;
  }

  private void fail(Throwable e) {
    if (failure == null) failure = e;
  }
}
