package dev.systole.driver.core.gt;

/** The kernel's tick counter, at 1000 Hz; it wraps five minutes after boot (i915-kernel.md 1.3). */
public final class Jiffies {
  /** Ticks per second. */
  public static final long HZ = 1000;

  private static final long NANOS_PER_JIFFY = 1_000_000_000 / HZ;
  private static final long AT_BOOT = (1L << 32) - 300 * HZ;

  private Jiffies() {}

  /** The counter at a virtual time. */
  public static long at(long nanos) {
    return AT_BOOT + nanos / NANOS_PER_JIFFY;
  }

  /** The virtual time at which the counter reaches a value. */
  public static long toNanos(long jiffies) {
    return (jiffies - AT_BOOT) * NANOS_PER_JIFFY;
  }

  /** A timeout in ticks: one more, since the running tick has begun already. */
  public static long timeoutOfMillis(long millis) {
    return millis * HZ / 1000 + 1;
  }

  /** The next whole second of the counter; a whole second already goes to the one after. */
  public static long roundUpToSecond(long jiffies) {
    return jiffies - jiffies % HZ + HZ;
  }
}
