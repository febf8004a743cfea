package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.Schedule;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * A pipe with its transcoder: sweeps frames, takes over at a vertical blank what software has armed
 * since the last one, and tells so. While it does not run, what is armed is taken over at once.
 */
final class Pipe implements RegisterBlock {
  private static final int PIPE_BYTES = PIPEDSL_STRIDE_BYTES;
  private static final int TRANSCODER_FIRST = TRANS_HTOTAL;
  private static final int CONVERSION_FIRST = PIPE_CSC_COEFF_RY_GY & ~0xff;
  private static final int GAMMA_FIRST = LGC_PALETTE;
  private static final int SCALERS_FIRST = PS_PWR_GATE & ~0x7ff;

  private static final int VBLANK_BITS = DE_PIPE_IIR_VBLANK | DE_PIPE_IIR_VBLANK_UNMODIFIED;
  private static final int PLANES = PLANE_CTL_COUNT;
  private static final int PLANE_BYTES = PLANE_CTL_STRIDE_BYTES;
  private static final int ALL_GROUPS = (1 << Latched.WHOLE + 1) - 1;
  private static final int NANOS_PER_MICRO = 1000;

  private final int index;
  private final PagedMemory registers;
  private final Schedule schedule;
  private final InterruptBank interrupts;
  private final Latched latched;
  private final ColourTables tables;
  private final Sweep sweep;
  private final Runnable changed;

  private boolean powered;
  private boolean underrun;

  /** Groups of registers to be taken over at the next vertical blank, a bit for each. */
  private int armed;

  /**
   * @param changed runs after something that clocks, fetching or engines depend on has changed
   */
  Pipe(
      int index,
      PagedMemory registers,
      Schedule schedule,
      InterruptBank interrupts,
      Runnable changed) {
    this.index = index;
    this.registers = registers;
    this.schedule = schedule;
    this.interrupts = interrupts;
    this.changed = changed;
    latched = new Latched(registers, index);
    tables = new ColourTables(registers, index, latched.tables());
    sweep = new Sweep(index, schedule);
  }

  void claim(Display.Claims claims) {
    claims.claim(this, PIPEDSL + index * PIPE_BYTES, Page.BYTES);
    claims.claim(this, TRANSCODER_FIRST + index * PIPE_BYTES, Page.BYTES);
    claims.claim(this, SCALERS_FIRST + index * PS_CTRL_ROW_STRIDE_BYTES, PS_CTRL_ROW_STRIDE_BYTES);
    claims.claim(
        this, CONVERSION_FIRST + index * PIPE_CSC_MODE_STRIDE_BYTES, PIPE_CSC_MODE_STRIDE_BYTES);
    claims.claim(this, GAMMA_FIRST + index * GAMMA_MODE_STRIDE_BYTES, GAMMA_MODE_STRIDE_BYTES);
    claims.claim(this, interrupts.base(), Integer.BYTES);
  }

  int index() {
    return index;
  }

  /** What the pipe works with. */
  Latched latched() {
    return latched;
  }

  ColourTables tables() {
    return tables;
  }

  Sweep sweep() {
    return sweep;
  }

  // ---- on and off

  /** The power well was switched on or off: without power nothing is kept. */
  void setPowered(boolean on) {
    if (powered && !on) {
      stop();
      clear(PIPEDSL + index * PIPE_BYTES);
      clear(TRANSCODER_FIRST + index * PIPE_BYTES);
      latched.clear();
      interrupts.reset();
      underrun = false;
    }
    powered = on;
  }

  private void clear(int first) {
    for (int i = 0; i < Page.BYTES; i += Integer.BYTES) registers.store32(first + i, 0);
  }

  /** A pixel clock of that frequency reaches the transcoder, or, 0, none that it can use. */
  void setPixelClock(int khz) {
    boolean enabled = powered && (load(TRANSCONF) & TRANSCONF_ENABLE) != 0 && khz > 0;
    if (!enabled) {
      stop();
    } else if (!sweep.runs()) {
      var timing = Timing.of(registers, index, khz, sweep.nowNanos());
      if (timing.possible()) sweep.start(timing);
    }
    plan();
  }

  private void stop() {
    if (!sweep.runs()) return;
    store(PIPE_FRMCNT, frameCount());
    store(PIPE_FRMTMSTMP, frameMicros());
    sweep.stop();
    takeOver();
  }

  /** Back to power-on; registers are zero, and nothing is planned any more. */
  void reset() {
    powered = false;
    underrun = false;
    armed = 0;
    sweep.forget();
  }

  // ---- registers

  private int load(int register) {
    return registers.load32(register + index * PIPE_BYTES);
  }

  private void store(int register, int value) {
    registers.store32(register + index * PIPE_BYTES, value);
  }

  @Override
  public int read(int offset) {
    if (!powered) return 0;
    if (offset == interrupts.base()) {
      return registers.load32(offset) | (sweep.blank() ? VBLANK_BITS : 0);
    }
    IndexedTable table = tables.at(offset);
    if (table != null) return table.read();
    int register = offset - index * PIPE_BYTES;
    return switch (register) {
      case PIPEDSL -> sweep.line();
      case TRANSCONF -> load(TRANSCONF) | (sweep.runs() ? TRANSCONF_STATE : 0);
      case PIPE_FRMCNT -> frameCount();
      case PIPE_FRMTMSTMP -> frameMicros();
      case CUR_SURFLIVE -> latched.pipe(CUR_BASE);
      default ->
          isSurfaceLive(register)
              ? latched.plane((register - PLANE_SURFLIVE) / PLANE_BYTES, PLANE_SURF)
              : registers.load32(offset);
    };
  }

  private int frameCount() {
    return load(PIPE_FRMCNT) + (int) sweep.frames();
  }

  /** The time stamp of the last vertical blank, in microseconds. */
  private int frameMicros() {
    return sweep.frames() == 0 ? load(PIPE_FRMTMSTMP) : micros(sweep.lastBlankNanos());
  }

  private static int micros(long nanos) {
    return (int) (nanos / NANOS_PER_MICRO);
  }

  private static boolean isSurfaceLive(int register) {
    return register >= PLANE_SURFLIVE
        && register <= PLANE_SURFLIVE + (PLANES - 1) * PLANE_BYTES
        && (register - PLANE_SURFLIVE) % PLANE_BYTES == 0;
  }

  @Override
  public void write(int offset, int value) {
    if (!powered || offset == interrupts.base()) return;
    IndexedTable table = tables.at(offset);
    if (table != null) {
      table.write(value);
      return;
    }
    int register = offset - index * PIPE_BYTES;
    if (isReadOnly(register)) return;
    registers.store32(offset, value);
    int group = latched.armedBy(offset);
    if (group == Latched.NO_GROUP) {
      if (register == TRANSCONF || isTranscoder(offset)) changed.run();
    } else if (group < PLANES) {
      flip(group, value);
    } else {
      arm(group);
    }
  }

  private boolean isTranscoder(int offset) {
    return offset >>> Page.SHIFT == (TRANSCODER_FIRST >>> Page.SHIFT) + index;
  }

  private static boolean isReadOnly(int register) {
    return switch (register) {
      case PIPEDSL,
          PIPE_FRMCNT,
          PIPE_FLIPCNT,
          PIPE_FRMTMSTMP,
          PIPE_FLIPTMSTMP,
          PIPE_FLIPDONETMSTMP,
          CUR_SURFLIVE ->
          true;
      default -> isSurfaceLive(register);
    };
  }

  // ---- taking over

  private void flip(int plane, int surface) {
    if (isCounted(plane)) {
      store(PIPE_FLIPCNT, load(PIPE_FLIPCNT) + 1);
      store(PIPE_FLIPTMSTMP, micros(schedule.nowNanos()));
    }
    int control = load(PLANE_CTL + plane * PLANE_BYTES);
    boolean async =
        (surface & PLANE_SURF_ASYNC_UPDATE) != 0 || (control & PLANE_CTL_ASYNC_FLIP) != 0;
    boolean shown = (latched.plane(plane, PLANE_CTL) & PLANE_CTL_ENABLE) != 0;
    if (async && shown && sweep.runs() && !sweep.isStuck()) {
      latched.setPlane(plane, PLANE_SURF, surface);
      flipDone(plane);
      changed.run();
    } else {
      arm(plane);
    }
  }

  /** Whether the pipe's flip counter and time stamps are those of a plane. */
  private boolean isCounted(int plane) {
    return (load(PIPE_MISC2) & PIPE_MISC2_FLIP_INFO_PLANE_SELECT_MASK) == plane;
  }

  private void arm(int group) {
    armed |= 1 << group;
    if (!sweep.runs()) takeOver();
    changed.run();
  }

  private void takeOver() {
    for (int group = 0; armed >>> group != 0; group++) {
      if ((armed >>> group & 1) == 0) continue;
      latched.take(group);
      if (group < PLANES && sweep.runs()) flipDone(group);
    }
    armed = 0;
  }

  /** Planes 5 to 7 have their bits elsewhere. */
  private void flipDone(int plane) {
    interrupts.raise(
        plane < 4
            ? DE_PIPE_IIR_PLANE_1_FLIP_DONE << plane
            : DE_PIPE_IIR_PLANE_5_FLIP_DONE << plane - 4);
    if (isCounted(plane)) store(PIPE_FLIPDONETMSTMP, micros(schedule.nowNanos()));
  }

  /** Whether the flip of a plane has yet to be taken over. */
  boolean flipPending(int plane) {
    return (armed >>> plane & 1) != 0;
  }

  /** Says whether a plane's fetch cannot be served. */
  void setUnderrun(boolean now) {
    if (now && !underrun) interrupts.raise(DE_PIPE_IIR_UNDERRUN);
    underrun = now;
    interrupts.setLive(DE_PIPE_ISR_UNDERRUN, now);
    plan();
  }

  // ---- time

  /** What every vertical blank raises. */
  private int blankBits() {
    return VBLANK_BITS | (underrun ? DE_PIPE_IIR_UNDERRUN : 0);
  }

  /** Schedules what somebody depends on. */
  private void plan() {
    if (!sweep.runs()) return;
    if (armed != 0 || interrupts.news(blankBits()) != 0) sweep.planBlank();
    if (interrupts.news(DE_PIPE_IIR_VSYNC) != 0) sweep.planSync();
    sweep.planAwaited();
  }

  /** Something that was planned is due. */
  void event(int argument) {
    int event = sweep.take(argument);
    if (!sweep.runs()) return;
    switch (event) {
      case Sweep.EVENT_VBLANK -> {
        takeOver();
        interrupts.raise(blankBits());
      }
      case Sweep.EVENT_VSYNC -> interrupts.raise(DE_PIPE_IIR_VSYNC);
      default -> interrupts.raise(DE_PIPE_IIR_SCAN_LINE_EVENT);
    }
    changed.run();
  }

  /** How many events are planned although nothing but an interrupt depends on them. */
  int idleEvents() {
    return armed != 0 || sweep.isAwaited() ? 0 : sweep.plannedEvents();
  }

  /** Whether the scan line is in the window that was loaded; if not, that will be an event. */
  boolean inWindow() {
    return sweep.inWindow(load(PIPE_DE_LOAD_SL));
  }

  // ---- saving

  void save(StateSink sink) {
    sweep.save(sink);
    sink.putInt(armed);
    sink.putBoolean(underrun);
  }

  /**
   * Takes what {@link #save} put.
   *
   * @param on whether there is power
   */
  void restore(StateSource source, boolean on) {
    powered = on;
    sweep.restore(source);
    armed = source.takeInt(ALL_GROUPS, "armed groups of a pipe");
    underrun = source.takeBoolean();
  }
}
