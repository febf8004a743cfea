package dev.systole.driver.dxgk.vidsch;

import java.util.ArrayList;
import java.util.List;

/** A device as VidSch knows it: its contexts, its fences, and whether it is in error. */
public final class SchedulingDevice {
  private final List<SchedulingContext> contexts = new ArrayList<>();
  private final List<MonitoredFence> fences = new ArrayList<>();
  private final List<MonitoredFence.Waiter> waiters = new ArrayList<>();
  private final Runnable onError;
  private boolean inError;

  SchedulingDevice(Runnable onError) {
    this.onError = onError;
  }

  /** Whether it is in error: nothing of it is submitted any more, and its waits fail. */
  public boolean inError() {
    return inError;
  }

  /** Makes a fence one of this device, which releases its waiters when the device is lost. */
  public void add(MonitoredFence fence) {
    fences.add(fence);
  }

  void remove(MonitoredFence fence) {
    fences.remove(fence);
  }

  List<SchedulingContext> contexts() {
    return contexts;
  }

  List<MonitoredFence> fences() {
    return fences;
  }

  /** Its threads that wait for a fence. */
  List<MonitoredFence.Waiter> waiters() {
    return waiters;
  }

  void fail() {
    inError = true;
    onError.run();
  }
}
