package dev.systole.driver.cpu;

import dev.systole.gpu.sim.Hardware;
import java.util.TreeMap;

/** Hardware that does at given times what a test says. */
final class ScriptedHardware implements Hardware {
  private final TreeMap<Long, Runnable> events = new TreeMap<>();
  private boolean interrupted;

  void at(long nanos, Runnable event) {
    events.put(nanos, event);
  }

  /** An event that raises an interrupt. */
  void interruptAt(long nanos, Cpu cpu, Runnable handler) {
    at(
        nanos,
        () -> {
          interrupted = true;
          cpu.raiseInterrupt(nanos, handler);
        });
  }

  @Override
  public long nextEventNanos() {
    return events.isEmpty() ? Long.MAX_VALUE : events.firstKey();
  }

  @Override
  public void runUntil(long limitNanos) {
    while (nextEventNanos() <= limitNanos) events.pollFirstEntry().getValue().run();
  }

  @Override
  public long runToInterrupt(long limitNanos) {
    interrupted = false;
    while (nextEventNanos() <= limitNanos) {
      var event = events.pollFirstEntry();
      event.getValue().run();
      if (interrupted) return event.getKey();
    }
    return limitNanos;
  }

  @Override
  public boolean busy() {
    return !events.isEmpty();
  }

  @Override
  public long registersHash() {
    return 0;
  }

  @Override
  public long memoryHash() {
    return 0;
  }

  @Override
  public long enginesHash() {
    return 0;
  }
}
