package dev.systole.benchmarks;

import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Checkpoint;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds of a checkpoint, and of going back to one, when every page of 256 MiB has been
 * written since. The heap may grow to two and a half times that; what it really takes with a
 * checkpoint of which every page was overwritten is printed at the end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgsAppend = "-Xmx640m")
public class CheckpointBenchmark {
  private static final int TOUCHED_BYTES = 256 << 20;
  private static final int PAGE_BYTES = 4096;

  private Gpu gpu;
  private Checkpoint checkpoint;
  private long value;

  /** Fills memory with what does not repeat. */
  @Setup
  public void fill() {
    gpu = new Gpu(Platform.TGL, new VirtualClock(), FaultPlan.none(), (_, _) -> {});
    var random = new Random(1);
    byte[] page = new byte[PAGE_BYTES];
    for (int at = 0; at < TOUCHED_BYTES; at += PAGE_BYTES) {
      random.nextBytes(page);
      gpu.writeMemory(at, page, 0, PAGE_BYTES);
    }
    checkpoint = gpu.checkpoint();
  }

  /** Writes every page. */
  @Setup(Level.Invocation)
  public void writeEverywhere() {
    value++;
    for (int at = 0; at < TOUCHED_BYTES; at += PAGE_BYTES) gpu.writeMemory64(at, value);
  }

  /** Takes a checkpoint, and drops the one before. */
  @Benchmark
  public Checkpoint checkpoint() {
    checkpoint = gpu.checkpoint();
    return checkpoint;
  }

  /** Goes back. */
  @Benchmark
  public Gpu restore() {
    gpu.restore(checkpoint);
    return gpu;
  }

  /** Prints what a device and a checkpoint take that share no page. */
  @TearDown
  public void printHeap() {
    writeEverywhere();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long usedBytes = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf("heap: %.2f x the touched memory%n", (double) usedBytes / TOUCHED_BYTES);
  }
}
