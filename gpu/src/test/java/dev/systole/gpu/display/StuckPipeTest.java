package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.EventQueue;
import dev.systole.gpu.sim.Schedule;
import org.junit.jupiter.api.Test;

/** DESIGN part 6, the fault vblank-stuck: a pipe that stays where it is. */
class StuckPipeTest {
  private static final int CLOCK_KHZ = 148_500;
  private static final long FRAME_NANOS = 80L * 60 * 1_000_000 / CLOCK_KHZ;

  private final PagedMemory registers = new PagedMemory(8 << 20);
  private final EventQueue queue = new EventQueue();
  private final InterruptBank interrupts = new InterruptBank(registers, DE_PIPE_ISR);
  private final Pipe pipe =
      new Pipe(0, registers, new Schedule(queue, this::now, 0), interrupts, this::changed);
  private long now;

  private long now() {
    return now;
  }

  private void changed() {
    pipe.setPixelClock(CLOCK_KHZ);
  }

  private void start() {
    pipe.setPowered(true);
    pipe.write(TRANS_HTOTAL, 79 << 16 | 63);
    pipe.write(TRANS_VTOTAL, 59 << 16 | 47);
    pipe.write(TRANS_VBLANK, 59 << 16 | 47);
    pipe.write(TRANSCONF, TRANSCONF_ENABLE);
  }

  private void runFor(long nanos) {
    long end = now + nanos;
    while (queue.firstNanos() <= end) {
      now = queue.firstNanos();
      pipe.event(EventQueue.argument(queue.take()));
    }
    now = end;
  }

  @Test
  void nothingIsTakenOverAndNothingCounts() {
    start();
    runFor(3 * FRAME_NANOS + FRAME_NANOS / 3);
    pipe.write(PLANE_SURF, 0x1000);
    assertFalse(pipe.sweep().blankedSince(now));
    pipe.sweep().stick();
    int line = pipe.read(PIPEDSL);
    runFor(100 * FRAME_NANOS);
    assertEquals(3, pipe.read(PIPE_FRMCNT));
    assertEquals(line, pipe.read(PIPEDSL));
    assertTrue(pipe.flipPending(0));
    assertEquals(0, pipe.read(PLANE_SURFLIVE));
    pipe.write(PLANE_SURF, 0x2000);
    assertFalse(pipe.sweep().blankedSince(now));
    assertEquals(0, queue.size());
  }
}
