package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.TRANSCONF_COUNT;

import dev.systole.gpu.command.DisplayEvents;
import dev.systole.gpu.door.Connector;
import dev.systole.gpu.door.Monitor;
import dev.systole.gpu.door.Picture;
import dev.systole.gpu.memory.DeviceMemory;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.Part;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import java.util.Optional;
import java.util.function.Consumer;

/** The display as the rest of the device knows it. */
public final class Display implements Part, DisplayEvents {
  /** Pipes, A to D. */
  public static final int PIPES = TRANSCONF_COUNT;

  private final FrameMemory memory;
  private final Runnable happened;
  private final DisplayInterrupts interrupts;
  private final PowerWells wells;
  private final DisplayClocks clocks;
  private final Pipe[] pipes = new Pipe[PIPES];
  private final DataBuffer buffer;
  private final HotPlug monitors;
  private final Gmbus gmbus;
  private final Ports ports;

  /** Takes registers over for somebody. */
  @FunctionalInterface
  public interface Claims {
    /** Registers from {@code offset} on are {@code block}'s; who claims last has them. */
    void claim(RegisterBlock block, int offset, int lengthBytes);
  }

  /**
   * A display after power-on: everything is off.
   *
   * @param registers that the display keeps its state in
   * @param interrupt is told whether the display has an interrupt to be served
   * @param happened runs after an event of the display that engines may wait for
   */
  public Display(
      PagedMemory registers,
      DeviceMemory memory,
      Schedule schedule,
      Consumer<Boolean> interrupt,
      Runnable happened) {
    this.memory = address -> memory.readGgtt(address).load32((int) address & Page.OFFSET_MASK & ~3);
    this.happened = happened;
    interrupts = new DisplayInterrupts(registers, interrupt::accept);
    wells = new PowerWells(registers, this::changed);
    clocks = new DisplayClocks(registers, this::changed);
    for (int i = 0; i < PIPES; i++) {
      pipes[i] = new Pipe(i, registers, schedule, interrupts.pipe(i), this::changed);
    }
    buffer = new DataBuffer(pipes, wells, clocks);
    monitors = new HotPlug(registers, interrupts);
    gmbus = new Gmbus(registers, monitors, interrupts);
    ports = new Ports(registers, wells, monitors, interrupts);
    interrupts.whenChanged(this::changed);
  }

  /** Takes over the registers of the display. */
  public void claim(Claims claims) {
    interrupts.claim(claims);
    wells.claim(claims);
    clocks.claim(claims);
    for (Pipe pipe : pipes) pipe.claim(claims);
    monitors.claim(claims);
    gmbus.claim(claims);
    ports.claim(claims);
    claims.claim(new Hidden(), Latched.FIRST, PIPES * Latched.PIPE_BYTES);
  }

  /** Where there are no registers. */
  private static final class Hidden implements RegisterBlock {
    @Override
    public int read(int offset) {
      return 0;
    }

    @Override
    public void write(int offset, int value) {}
  }

  /** Something happened that power, clocks, fetching or interrupts depend on. */
  private void changed() {
    for (Pipe pipe : pipes) {
      pipe.setPowered(wells.pipe(pipe.index()));
      pipe.setPixelClock(clocks.pixelClockKhz(pipe.index()));
    }
    buffer.check();
    interrupts.refresh();
  }

  // ---- time

  @Override
  public boolean isEvent(int argument) {
    return Sweep.isEvent(argument);
  }

  @Override
  public void event(int argument) {
    pipes[Sweep.indexOf(argument)].event(argument);
    happened.run();
  }

  /** How many events are planned although nothing but an interrupt depends on them. */
  public int idleEvents() {
    int events = 0;
    for (Pipe pipe : pipes) events += pipe.idleEvents();
    return events;
  }

  // ---- the world

  /** A monitor is plugged in; one that was there is unplugged before. */
  public void plug(Connector connector, Monitor monitor) {
    monitors.plug(connector, monitor);
    interrupts.refresh();
  }

  /** The monitor, if there is one, is unplugged. */
  public void unplug(Connector connector) {
    monitors.unplug(connector);
    interrupts.refresh();
  }

  /** What a pipe, from 0 on, sends to its port; nothing while its transcoder does not run. */
  public Optional<Picture> scanOut(int pipe) {
    return pipes[pipe].sweep().runs()
        ? Optional.of(Compositor.compose(memory, pipes[pipe]))
        : Optional.empty();
  }

  /** A fault: a pipe stays where it is for ever, without vertical blanks. */
  public void stickVblank(int pipe) {
    pipes[pipe].sweep().stick();
  }

  // ---- what engines wait for

  @Override
  public boolean blankedSince(int pipe, long sinceNanos) {
    return pipes[pipe].sweep().blankedSince(sinceNanos);
  }

  @Override
  public boolean flipPending(int pipe, int plane) {
    return pipes[pipe].flipPending(plane);
  }

  @Override
  public boolean inWindow(int pipe) {
    return pipes[pipe].inWindow();
  }

  // ---- power

  /** Everything is off; monitors stay where they are. */
  @Override
  public void reset() {
    interrupts.reset();
    clocks.reset();
    gmbus.reset();
    for (Pipe pipe : pipes) pipe.reset();
    monitors.reset();
  }

  // ---- saving

  @Override
  public void save(StateSink sink) {
    for (Pipe pipe : pipes) pipe.save(sink);
    monitors.save(sink);
  }

  @Override
  public void restore(StateSource source) {
    for (Pipe pipe : pipes) pipe.restore(source, wells.pipe(pipe.index()));
    monitors.restore(source);
  }
}
