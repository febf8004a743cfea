package dev.systole.driver.cpu;

import java.util.ArrayDeque;

/** Threads that wait for one thing, in the order in which they came. */
public final class WaitQueue {
  private final String name;
  private final ArrayDeque<CpuThread> waiters = new ArrayDeque<>();

  /** A queue; {@code name} says in reports what its threads wait for. */
  public WaitQueue(String name) {
    this.name = name;
  }

  /** What is waited for. */
  public String name() {
    return name;
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return waiters.isEmpty();
  }

  void add(CpuThread thread) {
    waiters.add(thread);
  }

  void remove(CpuThread thread) {
    waiters.remove(thread);
  }

  CpuThread poll() {
    return waiters.poll();
  }
}
