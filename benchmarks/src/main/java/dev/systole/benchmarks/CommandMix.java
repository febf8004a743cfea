package dev.systole.benchmarks;

import dev.systole.spec.gen12.MiCommands;

/**
 * A batch of MI_NOOP, register and memory loads and stores, MI_MATH, copies and 3D state in equal
 * shares, the mix of gpu-sim-anchors 3.1.
 */
final class CommandMix {
  private static final int DATA_BYTES = 8192;
  private static final int GPR = 0x2600;

  private CommandMix() {}

  /** Writes {@code commands} commands and the batch's end; returns the address behind it. */
  static long write(BenchmarkGpu gpu, long batch, int commands, long data) {
    long address = batch;
    for (int i = 0; i < commands; i++) {
      int[] command = command(i, data);
      gpu.store(address, command);
      address += (long) Integer.BYTES * command.length;
    }
    gpu.store(address, MiCommands.MI_BATCH_BUFFER_END);
    return address + Integer.BYTES;
  }

  private static int[] command(int number, long data) {
    int from = (int) data + Integer.BYTES * (number % (DATA_BYTES / 2 / Integer.BYTES));
    int to = from + DATA_BYTES / 2;
    int register = GPR + Long.BYTES * (number % 16);
    return switch (number % 8) {
      case 0 -> new int[] {0};
      case 1 -> new int[] {0x11000001, register, number};
      case 2 -> new int[] {0x10000002, from, 0, number};
      case 3 -> new int[] {0x0d000003, 0x08008000, 0x08008401, 0x10000000, 0x18000c31};
      case 4 -> new int[] {0x14800002, register, from, 0};
      case 5 -> new int[] {0x12000002, register, to, 0};
      case 6 -> new int[] {0x17000003, from, 0, to, 0};
      default -> new int[] {0x78100007, 0, 0, 0, 0, 0, 0, 0, 0};
    };
  }
}
