package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.Position;
import dev.systole.gpu.command.Timestamps;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.RegisterBlock;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.EngineClass;
import dev.systole.spec.gen12.GtRegisters;

/**
 * The register block of one engine (i915-kernel.md 5.2): a page that holds every register. What is
 * written to a register without an effect is kept.
 */
final class EngineRegisters {
  /** Registers whose upper half says which bits of the lower are written; it reads as zero. */
  private static final int[] MASKED = {
    RING_PSMI_CTL,
    RING_MI_MODE,
    RING_INSTPM,
    RING_CMD_CCTL,
    RING_CONTEXT_CONTROL,
    RING_MODE,
    RING_CONTEXT_STATUS_PTR
  };

  private static final int[] RENDER_MASKED = {
    GtRegisters.CS_DEBUG_MODE2 & Page.OFFSET_MASK, CS_CHICKEN1
  };

  private static final int[] COPY_MASKED = {BCS_SWCTRL, BLIT_CCTL};

  private final Page own;
  private final RegisterBlock all;
  private final EngineState state;
  private final Position at;
  private final CommandStreamer streamer;
  private final EngineHost host;
  private final EngineInterrupts interrupts;
  private final EngineErrors errors;
  private final ResetHandshake handshake;
  private final ContextClock clock;
  private final MirroredRegisters mirrored;
  private final boolean[] masked;

  private boolean everRan;

  EngineRegisters(
      Page own,
      RegisterBlock all,
      EngineState state,
      Execlists lists,
      CommandStreamer streamer,
      EngineHost host,
      ResetHandshake handshake) {
    this.own = own;
    this.all = all;
    this.state = state;
    this.streamer = streamer;
    this.host = host;
    this.handshake = handshake;
    at = state.position();
    interrupts = new EngineInterrupts(own, state, host);
    errors = new EngineErrors(own, interrupts, handshake);
    clock = new ContextClock(own, host);
    mirrored = new MirroredRegisters(own, state, lists, clock);
    masked = masked(state.engine().engineClass());
  }

  private static boolean[] masked(EngineClass engine) {
    boolean[] is = new boolean[Page.BYTES / Integer.BYTES];
    for (int offset : MASKED) is[offset / Integer.BYTES] = true;
    int[] more =
        switch (engine) {
          case RENDER, COMPUTE -> RENDER_MASKED;
          case COPY -> COPY_MASKED;
          case VIDEO, VIDEO_ENHANCE -> new int[0];
        };
    for (int offset : more) is[offset / Integer.BYTES] = true;
    return is;
  }

  EngineInterrupts interrupts() {
    return interrupts;
  }

  EngineErrors errors() {
    return errors;
  }

  /** The clock of the running context. */
  ContextClock clock() {
    return clock;
  }

  /** Back to power-on, but for a reset that is being asked for. */
  void reset() {
    boolean requested = handshake.requested();
    for (int offset = 0; offset < Page.BYTES; offset += Integer.BYTES) own.store32(offset, 0);
    own.store32(RING_IMR, -1);
    own.store32(RING_EMR, -1);
    own.store32(RING_HWSTAM, -1);
    clock.reset();
    if (requested) handshake.request();
  }

  /** Whether the upper half of the register at {@code offset} is a mask. */
  boolean isMasked(int offset) {
    return masked[offset / Integer.BYTES];
  }

  /** What the register at {@code offset} holds, as of the last {@link #publish}. */
  int value(int offset) {
    return own.load32(offset);
  }

  /** Has the register at {@code offset} show {@code value}. */
  void set(int offset, int value) {
    own.store32(offset, value);
  }

  int read(int offset) {
    long ticks = Timestamps.ticks(host.nowNanos());
    switch (offset) {
      case RING_TIMESTAMP -> {
        return (int) ticks;
      }
      case RING_TIMESTAMP_UDW -> {
        return (int) (ticks >>> 32);
      }
      default -> publish();
    }
    return own.load32(offset);
  }

  /** Brings the registers that mirror the engine up to date. */
  void publish() {
    mirrored.publish(streamer.phase(), everRan);
  }

  /** A context begins to run. */
  void contextStarts() {
    everRan = true;
    clock.start();
  }

  void write(int offset, int value) {
    switch (offset) {
      case RING_TAIL -> at.setTail(value);
      case RING_HEAD, RING_START, RING_CTL -> writeRing(offset, value);
      case RING_IPEHR -> state.setIpehr(value);
      case RING_MI_MODE -> {
        writeMasked(offset, value);
        streamer.controlChanged();
      }
      case RING_RESET_CTL -> {
        handshake.write(value);
        streamer.controlChanged();
      }
      case RING_EIR -> errors.clear(value);
      case RING_EXECLIST_CONTROL -> {
        if ((value & RING_EXECLIST_CONTROL_LOAD) != 0 && takesExeclists()) streamer.loadExeclist();
      }
      case RING_CTX_TIMESTAMP -> clock.write(value);
      case RING_ACTHD,
          RING_ACTHD_UDW,
          RING_DMA_FADD,
          RING_DMA_FADD_UDW,
          RING_INSTDONE,
          RING_ESR,
          RING_TIMESTAMP,
          RING_TIMESTAMP_UDW,
          CCID,
          RING_EXECLIST_STATUS_LO,
          RING_EXECLIST_STATUS_HI -> {}
      default -> {
        if (isMasked(offset)) writeMasked(offset, value);
        else own.store32(offset, value);
      }
    }
  }

  /** Before gen11's legacy mode is disabled there are no execution lists. */
  private boolean takesExeclists() {
    return (own.load32(RING_MODE) & RING_MODE_DISABLE_LEGACY_MODE) != 0;
  }

  private void writeRing(int offset, int value) {
    at.startRing(
        offset == RING_START ? value : at.ringStart(),
        offset == RING_HEAD ? value : at.head(),
        at.tail(),
        offset == RING_CTL ? value : at.ringControl());
  }

  private void writeMasked(int offset, int value) {
    int mask = value >>> 16;
    own.store32(offset, own.load32(offset) & ~mask | value & mask);
  }

  /** A register of a context image, at {@code offset} in BAR 0. */
  void restore(int offset, int value) {
    int inBlock = offset - state.engine().mmioBase();
    if (inBlock < 0 || inBlock >= Page.BYTES) {
      all.write(offset, value);
      return;
    }
    switch (inBlock) {
      case RING_HEAD, RING_TAIL, RING_START, RING_CTL, RING_CTX_TIMESTAMP ->
          own.store32(inBlock, value);
      default -> write(inBlock, value);
    }
  }

  /** Whether software has asked the engine to stop parsing. */
  boolean halted() {
    return (own.load32(RING_MI_MODE) & RING_MI_MODE_STOP_RING) != 0 || handshake.requested();
  }

  void save(StateSink sink) {
    sink.putBoolean(everRan);
    clock.save(sink);
  }

  void restore(StateSource source) {
    everRan = source.takeBoolean();
    clock.restore(source);
  }
}
