package dev.systole.driver.dxgk.vidsch;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.WaitQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * A 64-bit value in system memory that CPU and GPU can read and write, and those who wait for it.
 * Values are unsigned and rise.
 */
public final class MonitoredFence {
  /** What a fence is set to when those who would have signalled it are lost (wddm.md 4.4). */
  static final long MAXIMUM = -1L;

  private final SystemMemory memory;
  private final long busAddress;
  private final String name;
  private final List<Waiter> waiters = new ArrayList<>();
  private boolean destroyed;

  /**
   * A fence whose value lies at {@code busAddress}.
   *
   * @param name what reports call it
   */
  public MonitoredFence(SystemMemory memory, long busAddress, String name, long initialValue) {
    this.memory = memory;
    this.busAddress = busAddress;
    this.name = name;
    memory.write64(busAddress, initialValue);
  }

  /** Where the value lies. */
  public long busAddress() {
    return busAddress;
  }

  /** Whether the value is at least {@code target}, or never will be. */
  public boolean reached(long target) {
    return destroyed || Long.compareUnsigned(memory.read64(busAddress), target) >= 0;
  }

  void set(long value) {
    if (!destroyed) memory.write64(busAddress, value);
  }

  /** Its place is another's from now on; whoever waits is released, signals to come are lost. */
  void destroy() {
    destroyed = true;
  }

  /** A thread that waits for the fence to reach a value, on behalf of a device. */
  record Waiter(SchedulingDevice device, long target, WaitQueue queue) {}

  Waiter addWaiter(SchedulingDevice device, long target, String signaller) {
    String value = Long.toUnsignedString(target);
    String reason = "fence %s to reach %s, signalled by %s".formatted(name, value, signaller);
    var waiter = new Waiter(device, target, new WaitQueue(reason));
    waiters.add(waiter);
    device.waiters().add(waiter);
    return waiter;
  }

  void removeWaiter(Waiter waiter) {
    waiters.remove(waiter);
    waiter.device().waiters().remove(waiter);
  }

  List<Waiter> waiters() {
    return waiters;
  }
}
