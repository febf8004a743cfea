package dev.systole.driver.cpu;

/** Work that enters its {@link WorkQueue} at a given time. */
public final class DelayedWork {
  private final Timer timer;
  private boolean queued;
  private boolean cancelled;

  DelayedWork(WorkQueue queue, Cpu cpu, Runnable work) {
    this.timer =
        cpu.timer(
            () -> {
              cancelled = false;
              if (queued) return;
              queued = true;
              queue.queue(() -> run(work));
            });
  }

  /** Lets the work run at {@code timeNanos}, or moves it there. */
  public void scheduleAt(long timeNanos) {
    timer.armAt(timeNanos);
  }

  /** Keeps the work from running; what already runs goes on. */
  public void cancel() {
    timer.cancel();
    cancelled = true;
  }

  private void run(Runnable work) {
    queued = false;
    if (!cancelled) work.run();
  }
}
