package dev.systole.driver.dxgk.vidmm;

import dev.systole.driver.dxgk.vidsch.MonitoredFence;

/** Paging operations of a device, done in order, each with a value of the queue's fence. */
public final class PagingQueue {
  private final MonitoredFence fence;
  private long lastValue;

  /** A queue whose operations signal {@code fence}, which is 0 at first. */
  public PagingQueue(MonitoredFence fence) {
    this.fence = fence;
  }

  MonitoredFence fence() {
    return fence;
  }

  long nextValue() {
    return ++lastValue;
  }
}
