package dev.systole.gpu.command;

import static dev.systole.spec.gen12.ComputeCommands.*;

/** A built-in kernel with its arguments, whose elements are dealt out to thread groups. */
final class KernelCall {
  /** So many elements are 256 MiB; no kernel is believed to have more. */
  private static final long COUNT_MAX = 1 << 26;

  private static final int IN_MEMORY = -1;

  private final EngineState s;
  private Kernel kernel = Kernel.SHADER;
  private int inlineDword = IN_MEMORY;
  private long address;

  KernelCall(EngineState state) {
    s = state;
  }

  /** Instructions that only take time. */
  void selectNone() {
    kernel = Kernel.SHADER;
  }

  void select(long startAddress) {
    kernel = Kernel.at(s.memory, startAddress);
  }

  /** The arguments lie in memory. */
  void setArguments(long argumentAddress) {
    inlineDword = IN_MEMORY;
    address = argumentAddress;
  }

  /** The arguments are dwords of the command. */
  void setInlineArguments(int firstDword) {
    inlineDword = firstDword;
  }

  /** What the kernel adds to the time of a thread group. */
  long groupClocks(long groups) {
    return switch (kernel) {
      case SHADER, SOLID -> 0;
      case SPIN -> argument(SYSTOLE_KERNEL_ARGUMENTS_COUNT_DWORD) & 0xffffffffL;
      case FILL, COPY, SAXPY ->
          elementsPerGroup(groups) * kernel.bytesPerElement() / s.costs.blitBytesPerClock();
    };
  }

  /**
   * Does the work of {@code part} thread groups from the given one on, of {@code groups} in all.
   */
  void run(long group, long part, long groups) {
    if (kernel.bytesPerElement() == 0) return;
    long each = elementsPerGroup(groups);
    long end = Math.min((group + part) * each, count());
    long destination = argument64(0);
    long source = argument64(SYSTOLE_KERNEL_ARGUMENTS_SOURCE_DWORD);
    int value = argument(SYSTOLE_KERNEL_ARGUMENTS_VALUE_DWORD);
    kernel.run(s.memory, destination, source, value, group * each, end);
  }

  private long elementsPerGroup(long groups) {
    return groups == 0 ? 0 : (count() + groups - 1) / groups;
  }

  private long count() {
    return Math.min(argument(SYSTOLE_KERNEL_ARGUMENTS_COUNT_DWORD) & 0xffffffffL, COUNT_MAX);
  }

  private int argument(int dword) {
    return inlineDword == IN_MEMORY
        ? s.memory.load32(address + (long) Integer.BYTES * dword, false)
        : s.operand(inlineDword + dword);
  }

  private long argument64(int dword) {
    return argument(dword) & 0xffffffffL | (long) argument(dword + 1) << 32;
  }
}
