package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.MiCommands.MI_LOAD_REGISTER_IMM_REGISTER_OFFSET_MASK;
import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_ADDRESSING_MODE_MASK;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.Timestamps;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;
import dev.systole.spec.EngineClass;

/**
 * The register block of one engine (i915-kernel.md 5.2). The page holds every register; those that
 * mirror what the engine does are brought up to date before anybody looks.
 */
final class EngineRegisters {
  private static final int ENABLED_IDLE_INSTDONE = -1;
  private static final int NEVER_ENABLED_INSTDONE = ~INSTDONE_1_RING_ENABLE;
  private static final int LOW_DWORD_ADDRESS_MASK = -4;
  private static final int LINE_BYTES = 64;

  /** What CCID takes over from the descriptor: dumps of real machines end in 11d. */
  private static final int DESCRIPTOR_IN_CCID =
      CONTEXT_DESCRIPTOR_ADDRESSING_MODE_MASK | CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;

  private final Page own;
  private final EngineState state;
  private final Execlists execlists;
  private final CommandStreamer streamer;
  private final EngineHost host;

  private boolean everRan;
  private boolean contextClockRuns;
  private int contextTicks;
  private long contextStartNanos;

  EngineRegisters(
      Page own, EngineState state, Execlists execlists, CommandStreamer streamer, EngineHost host) {
    this.own = own;
    this.state = state;
    this.execlists = execlists;
    this.streamer = streamer;
    this.host = host;
  }

  void reset() {
    for (int offset = 0; offset < Page.BYTES; offset += Integer.BYTES) own.store32(offset, 0);
    own.store32(RING_IMR, -1);
    own.store32(RING_EMR, -1);
    own.store32(RING_HWSTAM, -1);
    contextClockRuns = false;
    contextTicks = 0;
  }

  /** What the register at {@code offset} holds, as of the last {@link #publish}. */
  int value(int offset) {
    return own.load32(offset);
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
    own.store32(RING_TAIL, state.position().tail());
    own.store32(RING_HEAD, state.position().head());
    own.store32(RING_START, state.position().ringStart());
    own.store32(RING_CTL, state.position().ringControl() | streamer.waitBits());
    storeAddress(RING_ACTHD, RING_ACTHD_UDW, state.position().address(), 0);
    storeAddress(RING_DMA_FADD, RING_DMA_FADD_UDW, fetched(), 0);
    own.store32(RING_IPEHR, state.ipehr());
    own.store32(RING_INSTDONE, instdone());
    int mode = own.load32(RING_MI_MODE) & ~RING_MI_MODE_MODE_IDLE;
    own.store32(RING_MI_MODE, mode | (streamer.idle() ? RING_MI_MODE_MODE_IDLE : 0));
    storeBatch(1, RING_BBADDR, RING_BBADDR_UDW, RING_BBADDR_VALID);
    storeBatch(2, RING_SBBADDR, RING_SBBADDR_UDW, RING_SBBADDR_VALID);
    boolean ppgtt = state.position().batchLevel() > 0 && !state.position().batchInGgtt(1);
    own.store32(RING_BBSTATE, ppgtt ? RING_BBSTATE_ADDRESS_SPACE_PPGTT : 0);
    own.store32(CCID, ccid());
    own.store32(RING_EXECLIST_STATUS_LO, execlists.statusLow(state.arbitration()));
    own.store32(RING_EXECLIST_STATUS_HI, execlists.statusHigh());
    own.store32(RING_CTX_TIMESTAMP, contextTimestamp());
  }

  private void storeBatch(int level, int low, int high, int valid) {
    boolean open = state.position().batchLevel() >= level;
    if (open) storeAddress(low, high, state.position().batchAddress(level), valid);
    else own.store32(low, own.load32(low) & ~valid);
  }

  private void storeAddress(int low, int high, long address, int flags) {
    own.store32(low, (int) address & LOW_DWORD_ADDRESS_MASK | flags);
    own.store32(high, (int) (address >>> 32));
  }

  /** Batches are fetched ahead of the parser by up to two lines. */
  private long fetched() {
    long head = state.position().address();
    return state.position().batchLevel() > 0 ? (head & -LINE_BYTES) + 2 * LINE_BYTES : head;
  }

  private int ccid() {
    long descriptor = execlists.current();
    if (descriptor == 0) return 0;
    return Execlists.contextAddress(descriptor)
        | (int) descriptor & DESCRIPTOR_IN_CCID
        | CCID_ENABLE
        | CCID_EXTENDED_STATE_RESTORE
        | CCID_EXTENDED_STATE_SAVE;
  }

  /**
   * One bit per unit that is done; the command streamer is what stays busy (gen12-commands 7.1).
   */
  private int instdone() {
    if (!everRan) return NEVER_ENABLED_INSTDONE;
    if (!streamer.parsing()) return ENABLED_IDLE_INSTDONE;
    return switch (state.engine().engineClass()) {
      case RENDER, COMPUTE -> ~INSTDONE_1_CS_DONE;
      case COPY -> ~BCS_INSTDONE_BCS_DONE;
      case VIDEO -> ~VCS_INSTDONE_VCS_DONE;
      case VIDEO_ENHANCE -> ENABLED_IDLE_INSTDONE;
    };
  }

  // ---- the clock of the running context

  /** The context begins to run. */
  void startContextClock() {
    everRan = true;
    contextClockRuns = true;
    contextTicks = own.load32(RING_CTX_TIMESTAMP);
    contextStartNanos = host.nowNanos();
  }

  /** The context no longer runs. */
  void stopContextClock() {
    contextTicks = contextTimestamp();
    contextClockRuns = false;
  }

  private int contextTimestamp() {
    if (!contextClockRuns) return contextTicks;
    long ran = Timestamps.ticks(host.nowNanos()) - Timestamps.ticks(contextStartNanos);
    return contextTicks + (int) ran;
  }

  // ---- writing

  void write(int offset, int value) {
    switch (offset) {
      case RING_TAIL -> streamer.setTail(value);
      case RING_HEAD ->
          state
              .position()
              .startRing(
                  state.position().ringStart(),
                  value,
                  state.position().tail(),
                  state.position().ringControl());
      case RING_START ->
          state
              .position()
              .startRing(
                  value,
                  state.position().head(),
                  state.position().tail(),
                  state.position().ringControl());
      case RING_CTL ->
          state
              .position()
              .startRing(
                  state.position().ringStart(),
                  state.position().head(),
                  state.position().tail(),
                  value);
      case RING_IPEHR -> state.setIpehr(value);
      case RING_MI_MODE -> {
        storeMasked(offset, value);
        streamer.stopRingChanged();
      }
      case RING_RESET_CTL -> {
        storeMasked(offset, value & ~(RING_RESET_CTL_READY_TO_RESET << 16));
        streamer.resetRequestChanged();
      }
      case RING_EIR -> clearErrors(value);
      case RING_EXECLIST_CONTROL -> {
        if ((value & RING_EXECLIST_CONTROL_LOAD) != 0) streamer.loadExeclist();
      }
      case RING_CTX_TIMESTAMP -> {
        contextTicks = value;
        contextStartNanos = host.nowNanos();
      }
      case RING_MODE,
          RING_PSMI_CTL,
          RING_CMD_CCTL,
          RING_INSTPM,
          RING_CONTEXT_CONTROL,
          RING_CONTEXT_STATUS_PTR,
          BCS_SWCTRL,
          BLIT_CCTL ->
          storeMasked(offset, value);
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
      default -> own.store32(offset, value);
    }
  }

  private void storeMasked(int offset, int value) {
    int mask = value >>> 16;
    own.store32(offset, own.load32(offset) & ~mask | value & mask);
  }

  private void clearErrors(int bits) {
    own.store32(RING_EIR, own.load32(RING_EIR) & ~bits);
    own.store32(RING_ESR, own.load32(RING_ESR) & ~bits);
  }

  /** An error is reported; returns whether it is one that is not masked. */
  boolean reportError(int bits) {
    own.store32(RING_ESR, own.load32(RING_ESR) | bits);
    int seen = bits & ~own.load32(RING_EMR);
    own.store32(RING_EIR, own.load32(RING_EIR) | seen);
    return seen != 0;
  }

  /** A register of a context image, by the dword that names it there. */
  void restore(int operand, int value) {
    int offset = operand & MI_LOAD_REGISTER_IMM_REGISTER_OFFSET_MASK & blockMask();
    switch (offset) {
      case RING_HEAD, RING_TAIL, RING_START, RING_CTL, RING_CTX_TIMESTAMP ->
          own.store32(offset, value);
      default -> write(offset, value);
    }
  }

  private int blockMask() {
    return state.engine().engineClass() == EngineClass.RENDER ? 0x7fc : 0xffc;
  }

  /** The reset handshake as software asked for it. */
  boolean resetRequested() {
    return (own.load32(RING_RESET_CTL) & RING_RESET_CTL_REQUEST_RESET) != 0;
  }

  boolean readyForReset() {
    return (own.load32(RING_RESET_CTL) & RING_RESET_CTL_READY_TO_RESET) != 0;
  }

  void setReadyForReset(boolean ready) {
    int others = own.load32(RING_RESET_CTL) & ~RING_RESET_CTL_READY_TO_RESET;
    own.store32(RING_RESET_CTL, others | (ready ? RING_RESET_CTL_READY_TO_RESET : 0));
  }

  boolean stopRing() {
    return (own.load32(RING_MI_MODE) & RING_MI_MODE_STOP_RING) != 0;
  }

  void save(StateSink sink) {
    sink.putBoolean(everRan);
    sink.putBoolean(contextClockRuns);
    sink.putInt(contextTicks);
    sink.putLong(contextStartNanos);
  }

  void restore(StateSource source) {
    everRan = source.takeBoolean();
    contextClockRuns = source.takeBoolean();
    contextTicks = source.takeInt();
    contextStartNanos = source.takeLong();
  }
}
