package dev.systole.gpu;

import static dev.systole.gpu.CommandFixture.command;
import static dev.systole.spec.gen12.GtRegisters.*;
import static dev.systole.spec.gen12.RingRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.systole.spec.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PIPE_CONTROL (gen12-commands.md 3.1) and MI_FLUSH_DW (part 2, 26). */
class MiFlushTest {
  private static final int PIPE_CONTROL = 0x7a000004;
  private static final int IMMEDIATE = 1 << 14;
  private static final int STALL = 1 << 20;

  private final CommandFixture render = new CommandFixture();
  private final CommandFixture copy = new CommandFixture(Engine.BCS0);

  private static void assertNow(CommandFixture f, int offset) {
    long expected = f.gpu.clock.nowNanos() * 12 / 625;
    assertTrue(Math.abs(f.at(offset) - expected) < 25_000, f.at(offset) + " near " + expected);
  }

  @Test
  void pipeControlWritesAnImmediateQword() {
    render.run(
        command(PIPE_CONTROL, STALL | IMMEDIATE, render.data.low(), render.data.high(), 1, 2));
    assertEquals(1, render.at(0));
    assertEquals(2, render.at(4));
  }

  @Test
  void pipeControlWritesTimeStampsInTicksOf19Point2Megahertz() {
    render.run(command(PIPE_CONTROL, STALL | 3 << 14, render.data.low(), render.data.high(), 0, 0));
    assertNow(render, 0);
    assertEquals(render.register(RING_TIMESTAMP), render.gpu.clock.nowNanos() * 12 / 625);
  }

  @Test
  void pipeControlWritesThePixelCountAndResetsIt() {
    render.run(
        command(0x11000001, PS_DEPTH_COUNT, 7),
        command(0x11000001, IA_VERTICES_COUNT, 8),
        command(PIPE_CONTROL, STALL | 2 << 14, render.data.low(), render.data.high(), 0, 0),
        command(PIPE_CONTROL, STALL | 1 << 19, 0, 0, 0, 0));
    assertEquals(7, render.at(0));
    assertEquals(0, render.gpu.read(PS_DEPTH_COUNT));
    assertEquals(0, render.gpu.read(IA_VERTICES_COUNT));
  }

  @Test
  void storeDataIndexAndRegistersAreForThePrivileged() {
    int[] index = command(PIPE_CONTROL, STALL | IMMEDIATE | 1 << 21, 0x400, 0, 3, 0);
    int[] register = command(PIPE_CONTROL, STALL | 1 << 23, 0x2000 + RING_NOPID, 0, 9, 0);
    render.run(index, register);
    assertEquals(0, render.gpu.load(render.context.imageBus() + 0x400));
    assertEquals(0, render.register(RING_NOPID));
    render.runInRing(index, register);
    assertEquals(3, render.gpu.load(render.context.imageBus() + 0x400));
    assertEquals(9, render.register(RING_NOPID));
  }

  @Test
  void notifyRaisesTheInterruptOfBitFour() {
    enableNotify(render);
    render.run(command(PIPE_CONTROL, STALL | 1 << 8, 0, 0, 0, 0));
    assertEquals(List.of("80000010"), render.gpu.serveInterrupts());
    enableNotify(copy);
    copy.run(command(0x13000102, 0, 0, 0));
    assertEquals(List.of("80030010"), copy.gpu.serveInterrupts());
  }

  /** Nothing but notifications interrupts. */
  private static void enableNotify(CommandFixture f) {
    f.gpu.write(f.engine, RING_IMR, ~RING_IMR_PIPE_CONTROL_NOTIFY);
    f.gpu.write(RENDER_COPY_INTR_ENABLE, 0x100010);
    f.gpu.write(RCS0_RSVD_INTR_MASK, ~0x100000);
    f.gpu.write(BCS_RSVD_INTR_MASK, ~0x100000);
  }

  @Test
  void flushWritesADwordOrAQword() {
    copy.gpu.store(copy.data.bus(), 0, 5, 0, 5);
    copy.run(
        command(0x13004002, copy.data.low(), copy.data.high(), 1),
        command(0x13004003, copy.data.low() + 8, copy.data.high(), 2, 3));
    assertEquals(1, copy.at(0));
    assertEquals(5, copy.at(4));
    assertEquals(2, copy.at(8));
    assertEquals(3, copy.at(12));
  }

  @Test
  void flushWritesTimeStampsWhoseUpperBitsAreZero() {
    copy.gpu.store(copy.data.bus(), 0, -1);
    copy.run(command(0x1300c003, copy.data.low(), copy.data.high(), 0, 0));
    assertNow(copy, 0);
    assertEquals(0, copy.at(4));
  }

  @Test
  void flushReachesGgttAndStatusPageFromTheRing() {
    long bus = copy.gpu.allocate(1);
    int page = copy.gpu.mapGgtt(bus, 1);
    int[] flushes =
        CommandFixture.join(command(0x13004002, page | 4, 0, 1), command(0x13204002, 0x408, 0, 2));
    copy.run(flushes);
    assertEquals(0, copy.gpu.load(bus));
    copy.runInRing(flushes);
    assertEquals(1, copy.gpu.load(bus));
    assertEquals(2, copy.gpu.load(copy.context.imageBus() + 0x408));
  }
}
