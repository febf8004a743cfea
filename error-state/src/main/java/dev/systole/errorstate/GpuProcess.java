package dev.systole.errorstate;

/**
 * The owner of a context, as the kernel names it.
 *
 * @param name the task's name, at most 15 bytes in the kernel
 * @param pid 0 for the kernel itself
 */
public record GpuProcess(String name, int pid) {
  /** {@code cubes [4001]}. */
  @Override
  public String toString() {
    return name + " [" + pid + "]";
  }
}
