package dev.systole.benchmarks;

import dev.systole.gpu.sim.EventQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second of the hardware's queue: the first is taken and one is scheduled. The hardware
 * has a handful pending, an engine's slice being one. With PriorityQueue and an object per event
 * gpu-sim-anchors 3.1 gives 16.6 million at a depth of 32, and 7 to 8 million at 1024.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventQueueBenchmark {
  private static final int DELAYS = 4096;

  @Param({"4", "32", "1024"})
  public int depth;

  private final EventQueue queue = new EventQueue();
  private final int[] delays = new Random(1).ints(DELAYS, 0, 1000).toArray();
  private int count;

  /** Fills the queue. */
  @Setup
  public void fill() {
    for (int i = 0; i < depth; i++) queue.schedule(delays[i], i & 7, i);
  }

  /** One event. */
  @Benchmark
  public long takeAndSchedule() {
    long time = queue.firstNanos();
    long event = queue.take();
    queue.schedule(time + delays[count++ & DELAYS - 1], EventQueue.target(event), count);
    return event;
  }
}
