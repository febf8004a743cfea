package dev.systole.driver.cpu;

/**
 * What it costs the CPU to cross a door, in nanoseconds: part of the model's version, since every
 * recorded time depends on it. Orders of magnitude of a Tiger Lake laptop; never zero, so that the
 * times of accesses strictly increase.
 */
public final class CrossingCosts {
  /** An uncached read goes to the device and back. */
  public static final int REGISTER_READ_NANOS = 400;

  /** A posted write leaves the CPU at once. */
  public static final int REGISTER_WRITE_NANOS = 40;

  public static final int CONFIG_ACCESS_NANOS = 1_000;
  public static final int MEMORY_ACCESS_NANOS = 4;

  /** Copying between the CPU and memory, besides {@link #MEMORY_ACCESS_NANOS}. */
  public static final int MEMORY_BYTES_PER_NANO = 8;

  /** A system call, and the way back. */
  public static final int APP_CALL_NANOS = 300;

  /** A call between two kernel modules, and the way back. */
  public static final int DDI_CALL_NANOS = 20;

  private CrossingCosts() {}

  /** Cost of a CPU access to {@code lengthBytes} of memory. */
  public static long memoryNanos(int lengthBytes) {
    return MEMORY_ACCESS_NANOS + lengthBytes / MEMORY_BYTES_PER_NANO;
  }
}
