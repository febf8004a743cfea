package dev.systole.benchmarks;

import dev.systole.spec.Engine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Commands per second of a batch of 8 MiB through page tables: MI_NOOP, register and memory loads
 * and stores, MI_MATH, copies and 3D state in equal shares. The nearest figure elsewhere is that of
 * gpu-sim-anchors 3.1: 47 to 55 million.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CommandExecutionBenchmark {
  private static final int BATCH_BYTES = 8 << 20;
  private static final long BATCH = BenchmarkGpu.MEMORY;
  private static final long DATA = BATCH + BATCH_BYTES + 4096;
  private static final int GPR = 0x2600;

  /** What was executed. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Executed {
    /** Commands of the batch. */
    public long commands;
  }

  private BenchmarkGpu gpu;
  private int commands;

  /** Fills the batch. */
  @Setup
  public void fill() {
    gpu = new BenchmarkGpu(Engine.RCS0);
    long address = BATCH;
    while (address < BATCH + BATCH_BYTES - 64) {
      int[] command = command(commands++);
      gpu.store(address, command);
      address += 4L * command.length;
    }
    gpu.store(address, 0x05000000);
  }

  private static int[] command(int number) {
    int data = (int) DATA + 4 * (number % 1024);
    int register = GPR + 8 * (number % 16);
    return switch (number % 8) {
      case 0 -> new int[] {0};
      case 1 -> new int[] {0x11000001, register, number};
      case 2 -> new int[] {0x10000002, data, 0, number};
      case 3 -> new int[] {0x0d000003, 0x08008000, 0x08008401, 0x10000000, 0x18000c31};
      case 4 -> new int[] {0x14800002, register, data, 0};
      case 5 -> new int[] {0x12000002, register, data + 4096, 0};
      case 6 -> new int[] {0x17000003, data, 0, (int) DATA, 0};
      default -> new int[] {0x78100007, 0, 0, 0, 0, 0, 0, 0, 0};
    };
  }

  /** Executes the batch. */
  @Benchmark
  public void mixedBatch(Executed executed) {
    gpu.run(BATCH);
    executed.commands += commands;
  }
}
