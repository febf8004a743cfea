package dev.systole.driver.core;

/**
 * The process on whose behalf a context runs, as dumps and the kernel's log name it.
 *
 * @param processName the task's name; more than 15 bytes are cut, as the kernel does
 * @param pid its id; 0 for the kernel itself
 */
public record ContextOwner(String processName, int pid) {
  private static final int NAME_BYTES_MAX = 15;

  /** The kernel itself. */
  public static final ContextOwner KERNEL = new ContextOwner("[i915]", 0);

  public ContextOwner {
    if (processName.length() > NAME_BYTES_MAX) {
      processName = processName.substring(0, NAME_BYTES_MAX);
    }
  }

  /** {@code comm[pid]}, as in the log line of a context reset. */
  @Override
  public String toString() {
    return processName + "[" + pid + "]";
  }
}
