package dev.systole.gpu.sim;

import java.util.function.LongSupplier;

/** The present of the hardware, and what one {@link Part} plans to do later. */
public final class Schedule {
  private final EventQueue queue;
  private final LongSupplier present;
  private final int target;

  /**
   * @param present the time of the hardware, in nanoseconds
   * @param target whom the part's events are for
   */
  public Schedule(EventQueue queue, LongSupplier present, int target) {
    this.queue = queue;
    this.present = present;
    this.target = target;
  }

  public long nowNanos() {
    return present.getAsLong();
  }

  /** An event at {@code timeNanos}, which is not before the present. */
  public void at(long timeNanos, int argument) {
    queue.schedule(timeNanos, target, argument);
  }

  /** An event when {@code delayNanos} have passed. */
  public void after(long delayNanos, int argument) {
    at(nowNanos() + delayNanos, argument);
  }

  /** Drops what was planned with that argument. */
  public void cancel(int argument) {
    queue.cancel(target, argument);
  }
}
