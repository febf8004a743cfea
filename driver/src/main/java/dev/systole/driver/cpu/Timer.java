package dev.systole.driver.cpu;

/** A timer whose callback runs in software-interrupt context and must not block. */
public final class Timer {
  private final Cpu cpu;
  private final Runnable callback;
  private Cpu.Due due;

  Timer(Cpu cpu, Runnable callback) {
    this.cpu = cpu;
    this.callback = callback;
  }

  /** Arms the timer, or moves it when it is armed already. */
  public void armAt(long timeNanos) {
    cancel();
    due = cpu.schedule(timeNanos, Cpu.Rank.TIMER, this::fire);
  }

  /** Arms the timer {@code delayNanos} from now, or moves it. */
  public void armIn(long delayNanos) {
    armAt(cpu.clock().nowNanos() + delayNanos);
  }

  /** Disarms the timer. */
  public void cancel() {
    if (due != null) cpu.unschedule(due);
    due = null;
  }

  /** Whether the timer is armed. */
  public boolean armed() {
    return due != null;
  }

  private void fire() {
    due = null;
    callback.run();
  }
}
