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
 * Commands per second of a long batch of {@link CommandMix} through page tables. gpu-sim-anchors
 * 3.1 has 47 to 55 million for such a mix, without time, registers with effects and faults.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CommandExecutionBenchmark {
  private static final int COMMANDS = 493_000;
  private static final long BATCH = BenchmarkGpu.MEMORY;
  private static final long DATA = BATCH + (16 << 20);

  /** What was executed. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Executed {
    /** Commands of the batch. */
    public long commands;
  }

  private BenchmarkGpu gpu;

  /** Fills the batch. */
  @Setup
  public void fill() {
    gpu = new BenchmarkGpu(Engine.RCS0);
    CommandMix.write(gpu, BATCH, COMMANDS, DATA);
  }

  /** Executes the batch. */
  @Benchmark
  public void mixedBatch(Executed executed) {
    gpu.run(BATCH);
    executed.commands += COMMANDS;
  }
}
