package dev.systole.benchmarks;

import static dev.systole.spec.gen12.GtRegisters.*;

import dev.systole.gpu.pci.Gpu;
import dev.systole.spec.Engine;
import dev.systole.spec.gen12.RingRegisters;
import java.util.concurrent.TimeUnit;
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
 * Ten virtual minutes of a desktop of 60 Hz: each frame a submission of a batch of 1000 commands of
 * {@link CommandMix} to the render engine, its user interrupt and the display's vblank, both served
 * as a kernel does. Real GPUs need ten minutes for it; gpu-sim-anchors 3.2 reckons with 0.07 to 0.4
 * seconds of a core that only executes commands.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class DesktopBenchmark {
  private static final int FRAMES = 10 * 60 * 60;
  private static final long PATIENCE_NANOS = 20_000_000;
  private static final int COMMANDS = 1000;
  private static final long DATA = BenchmarkGpu.MEMORY + (1 << 20);
  private static final int INTERRUPTS = RingRegisters.RING_IMR_USER_INTERRUPT;

  private final BenchmarkGpu machine = new BenchmarkGpu(Engine.RCS0);
  private final Gpu gpu = machine.gpu;
  private BenchmarkDisplay display;
  private int frames;
  private int batches;

  /** Writes the batch, enables interrupts and starts the display. */
  @Setup
  public void prepare() {
    CommandMix.write(machine, BenchmarkGpu.MEMORY, COMMANDS, DATA);
    gpu.writeRegister(RENDER_COPY_INTR_ENABLE, INTERRUPTS << 16);
    gpu.writeRegister(RCS0_RSVD_INTR_MASK, ~(INTERRUPTS << 16));
    gpu.writeRegister(Engine.RCS0.mmioBase() + RingRegisters.RING_IMR, ~INTERRUPTS);
    gpu.writeRegister(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
    display = new BenchmarkDisplay(gpu);
  }

  /** Ten minutes. */
  @Benchmark
  public int tenMinutes() {
    frames = 0;
    batches = 0;
    for (int next = 1; next <= FRAMES; next++) {
      machine.submit(BenchmarkGpu.MEMORY);
      while (frames < next) serve();
    }
    if (batches < FRAMES) throw new IllegalStateException("only " + batches + " batches");
    return batches;
  }

  /** Waits for an interrupt and serves it as the kernel does (i915-kernel.md 5.3). */
  private void serve() {
    long limit = machine.clock.nowNanos() + PATIENCE_NANOS;
    long time = gpu.runToInterrupt(limit);
    if (time == limit) throw new IllegalStateException("no vblank in frame " + frames);
    machine.clock.advanceTo(time);
    int master = gpu.readRegister(GFX_MSTR_IRQ);
    gpu.writeRegister(GFX_MSTR_IRQ, 0);
    if ((master & GFX_MSTR_IRQ_GT_DW0) != 0) serveEngine();
    if ((master & GFX_MSTR_IRQ_DISPLAY) != 0 && display.serve()) frames++;
    gpu.writeRegister(GFX_MSTR_IRQ, GFX_MSTR_IRQ_MASTER_ENABLE);
  }

  private void serveEngine() {
    int sources = gpu.readRegister(GT_INTR_DW0);
    gpu.writeRegister(IIR_REG_SELECTOR, Integer.lowestOneBit(sources));
    gpu.readRegister(INTR_IDENTITY_REG);
    gpu.writeRegister(INTR_IDENTITY_REG, INTR_IDENTITY_REG_VALID);
    gpu.writeRegister(GT_INTR_DW0, sources);
    batches++;
  }
}
