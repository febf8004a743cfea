package dev.systole.driver.core.execlists;

import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.Tasklet;
import dev.systole.driver.cpu.Timer;

/** A timer that schedules a tasklet and remembers that it expired until it is cancelled. */
final class Timeout {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Timer timer;
  private boolean expired;

  Timeout(Cpu cpu, Tasklet tasklet) {
    this.timer =
        cpu.timer(
            () -> {
              expired = true;
              tasklet.schedule();
            });
  }

  /** Starts anew; 0 cancels. */
  void startMillis(int millis) {
    cancel();
    if (millis > 0) timer.armIn(millis * NANOS_PER_MILLI);
  }

  void cancel() {
    timer.cancel();
    expired = false;
  }

  /** Whether it runs. */
  boolean armed() {
    return timer.armed();
  }

  boolean expired() {
    return expired;
  }

  /** Whether it runs or has expired. */
  boolean started() {
    return expired || timer.armed();
  }
}
