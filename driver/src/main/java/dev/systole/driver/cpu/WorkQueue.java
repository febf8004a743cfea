package dev.systole.driver.cpu;

import java.util.ArrayDeque;

/**
 * A kernel work queue: one daemon thread that runs what is queued, one after the other. Work may
 * block.
 */
public final class WorkQueue {
  private final Cpu cpu;
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private final WaitQueue wakeUp;
  private final WaitQueue drained;
  private boolean busy;
  private boolean stopping;

  /** Starts the queue's thread. */
  public WorkQueue(Cpu cpu, String name) {
    this.cpu = cpu;
    this.wakeUp = new WaitQueue("work for " + name);
    this.drained = new WaitQueue("work queue " + name + " to drain");
    cpu.startDaemon(name, this::runQueue);
  }

  /** Queues work behind what is queued already. Any context. */
  public void queue(Runnable work) {
    if (stopping) throw new IllegalStateException("the work queue has been stopped");
    queue.add(work);
    cpu.wakeOne(wakeUp);
  }

  /** Work that is queued when its time comes. */
  public DelayedWork delayed(Runnable work) {
    return new DelayedWork(this, cpu, work);
  }

  /** Blocks until everything that is queued has run. Not to be called by work of this queue. */
  public void drain() {
    while (busy || !queue.isEmpty()) cpu.await(drained);
  }

  /** Drains the queue and ends its thread. */
  public void stop() {
    drain();
    stopping = true;
    cpu.wakeOne(wakeUp);
  }

  private void runQueue() {
    while (!stopping) {
      Runnable work = queue.poll();
      if (work == null) {
        cpu.wakeAll(drained);
        cpu.await(wakeUp);
        continue;
      }
      busy = true;
      work.run();
      busy = false;
    }
  }
}
