package dev.systole.gpu.sim;

/**
 * The one clock of a machine, in virtual nanoseconds since power-on. Only the kernel side moves it
 * (its CPU works or idles); hardware is run up to it before every access.
 */
public final class VirtualClock {
  private long nowNanos;

  /** A clock at power-on: zero. */
  public VirtualClock() {}

  /** The present. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Lets time pass while the CPU works. */
  public void charge(long costNanos) {
    if (costNanos < 0) throw new IllegalArgumentException("negative cost " + costNanos);
    nowNanos += costNanos;
  }

  /** Moves the present to {@code timeNanos}; time never runs backwards. */
  public void advanceTo(long timeNanos) {
    if (timeNanos < nowNanos) {
      throw new IllegalArgumentException("time " + timeNanos + " lies before " + nowNanos);
    }
    nowNanos = timeNanos;
  }
}
