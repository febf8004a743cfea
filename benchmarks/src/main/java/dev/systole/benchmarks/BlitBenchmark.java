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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes per second that XY_FAST_COPY_BLT moves, from a linear picture to one of each tiling. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BlitBenchmark {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;
  private static final int PITCH_BYTES = 4 * WIDTH;
  private static final int SOURCE = (int) BenchmarkGpu.MEMORY + 4096;
  private static final int TARGET = SOURCE + (9 << 20);
  private static final int DEPTH_32 = 3 << 24;

  /** The picture that is copied to. */
  public enum Tiling {
    LINEAR,
    X,
    Y
  }

  /** What was moved. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Moved {
    /** Bytes of the picture. */
    public long bytes;
  }

  @Param public Tiling tiling;

  private BenchmarkGpu gpu;

  /** Writes the batch. */
  @Setup
  public void fill() {
    gpu = new BenchmarkGpu(Engine.BCS0);
    int pitch = tiling == Tiling.LINEAR ? PITCH_BYTES : PITCH_BYTES / 4;
    gpu.store(
        BenchmarkGpu.MEMORY,
        0x50800008 | tiling.ordinal() << 13,
        DEPTH_32 | pitch,
        0,
        HEIGHT << 16 | WIDTH,
        TARGET,
        0,
        0,
        PITCH_BYTES,
        SOURCE,
        0,
        0x05000000);
  }

  /** Copies the picture. */
  @Benchmark
  public void copy(Moved moved) {
    gpu.run(BenchmarkGpu.MEMORY);
    moved.bytes += (long) PITCH_BYTES * HEIGHT;
  }
}
