package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.RingRegisters.*;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_ADDRESSING_MODE_MASK;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;

import dev.systole.gpu.command.EngineState;
import dev.systole.gpu.command.Position;
import dev.systole.gpu.memory.Page;

/**
 * The registers that show what an engine does. They are brought up to date before anybody looks,
 * not whenever something happens.
 */
final class MirroredRegisters {
  private static final int ENABLED_IDLE_INSTDONE = -1;
  private static final int NEVER_ENABLED_INSTDONE = ~INSTDONE_1_RING_ENABLE;
  private static final int LOW_DWORD_ADDRESS_MASK = -4;
  private static final int LINE_BYTES = 64;

  /** What CCID takes over from the descriptor: dumps of real machines end in 11d. */
  private static final int DESCRIPTOR_IN_CCID =
      CONTEXT_DESCRIPTOR_ADDRESSING_MODE_MASK | CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;

  private final Page own;
  private final EngineState state;
  private final Position at;
  private final Execlists lists;
  private final ContextClock clock;

  MirroredRegisters(Page own, EngineState state, Execlists lists, ContextClock clock) {
    this.own = own;
    this.state = state;
    at = state.position();
    this.lists = lists;
    this.clock = clock;
  }

  /**
   * Brings them up to date.
   *
   * @param everRan whether the engine has had a context since power-on
   */
  void publish(Phase phase, boolean everRan) {
    own.store32(RING_TAIL, at.tail());
    own.store32(RING_HEAD, at.head());
    own.store32(RING_START, at.ringStart());
    own.store32(RING_CTL, at.ringControl() | waitBits(phase));
    storeAddress(RING_ACTHD, RING_ACTHD_UDW, at.address(), 0);
    storeAddress(RING_DMA_FADD, RING_DMA_FADD_UDW, fetched(), 0);
    own.store32(RING_IPEHR, state.ipehr());
    own.store32(RING_INSTDONE, instdone(phase, everRan));
    int mode = own.load32(RING_MI_MODE) & ~RING_MI_MODE_MODE_IDLE;
    boolean idle = phase == Phase.IDLE || phase == Phase.STOPPED;
    own.store32(RING_MI_MODE, mode | (idle ? RING_MI_MODE_MODE_IDLE : 0));
    storeBatch(1, RING_BBADDR, RING_BBADDR_UDW, RING_BBADDR_VALID);
    storeBatch(2, RING_SBBADDR, RING_SBBADDR_UDW, RING_SBBADDR_VALID);
    boolean ppgtt = at.batchLevel() > 0 && !at.batchInGgtt(1);
    own.store32(RING_BBSTATE, ppgtt ? RING_BBSTATE_ADDRESS_SPACE_PPGTT : 0);
    own.store32(CCID, ccid());
    own.store32(RING_EXECLIST_STATUS_LO, lists.statusLow(state.arbitration().isEnabled()));
    own.store32(RING_EXECLIST_STATUS_HI, lists.statusHigh());
    own.store32(RING_CTX_TIMESTAMP, clock.read());
  }

  private int waitBits(Phase phase) {
    if (phase != Phase.WAITING) return 0;
    return Waits.isForSemaphore(state.ipehr()) ? RING_CTL_WAIT_SEMAPHORE : RING_CTL_WAIT_EVENT;
  }

  private void storeBatch(int level, int low, int high, int valid) {
    boolean open = at.batchLevel() >= level;
    if (open) storeAddress(low, high, at.batchAddress(level), valid);
    else own.store32(low, own.load32(low) & ~valid);
  }

  private void storeAddress(int low, int high, long address, int flags) {
    own.store32(low, (int) address & LOW_DWORD_ADDRESS_MASK | flags);
    own.store32(high, (int) (address >>> 32));
  }

  /** Batches are fetched ahead of the parser by up to two lines, unless RING_MODE forbids it. */
  private long fetched() {
    boolean ahead = (own.load32(RING_MODE) & RING_MODE_PREFETCH_DISABLE) == 0;
    return ahead && at.batchLevel() > 0
        ? (at.address() & -LINE_BYTES) + 2 * LINE_BYTES
        : at.address();
  }

  private int ccid() {
    long descriptor = lists.current();
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
  private int instdone(Phase phase, boolean everRan) {
    if (!everRan) return NEVER_ENABLED_INSTDONE;
    boolean parsing =
        switch (phase) {
          case RUNNING, SPINNING, FAILED, FROZEN -> true;
          case IDLE, SWITCHING, WAITING, STOPPED -> false;
        };
    if (!parsing) return ENABLED_IDLE_INSTDONE;
    return switch (state.engine().engineClass()) {
      case RENDER, COMPUTE -> ~INSTDONE_1_CS_DONE;
      case COPY -> ~BCS_INSTDONE_BCS_DONE;
      case VIDEO -> ~VCS_INSTDONE_VCS_DONE;
      case VIDEO_ENHANCE -> ENABLED_IDLE_INSTDONE;
    };
  }
}
