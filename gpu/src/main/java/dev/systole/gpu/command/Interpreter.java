package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.RING_EIR_INSTRUCTION_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_EIR_PAGE_TABLE_ERROR;
import static dev.systole.spec.gen12.RingRegisters.RING_NOPID;

import dev.systole.gpu.memory.Page;
import dev.systole.spec.EngineClass;

/**
 * The command streamer's parser: fetches, decodes and executes commands of one engine until
 * something has to be waited for. Effects happen in the order of the stream; commands that take
 * time before their effect stop it ({@link Stop#TIMED}), so that the effect happens at its own
 * time.
 */
public final class Interpreter {
  private static final int TYPE_SHIFT = 29;
  private static final int TYPE_MI = 0;
  private static final int TYPE_BLITTER = 2;
  private static final int TYPE_GRAPHICS = 3;
  private static final int OPCODE_SHIFT = MiForms.OPCODE_SHIFT;
  private static final int FIRST_LONG_OPCODE = 0x10;

  private static final int[] LENGTH_MASKS = MiForms.lengthMasks();
  private static final boolean[] TELLS_CHANGES = MiForms.tellsChanges();

  private final EngineState s;
  private final boolean[] foreign;
  private long budget;
  private final MiMath math;
  private final Blitter blitter;
  private final GraphicsPipe graphics;

  /** Executes on {@code state}. */
  public Interpreter(EngineState state) {
    s = state;
    foreign = MiForms.foreign(state.engine.engineClass());
    math = new MiMath(state);
    blitter = new Blitter(state);
    graphics = GraphicsPipe.of(state);
  }

  /**
   * Executes for about {@code budgetClocks}; {@link #clocks} tells how many were used.
   *
   * @return why it stopped
   */
  public Stop run(long budgetClocks) {
    budget = budgetClocks;
    s.clocks = 0;
    s.stop = null;
    s.at.code = null;
    if (s.memory.takeFault()) return pageFault();
    while (s.clocks < budgetClocks) {
      if (s.at.code == null && !s.openCode()) return pageFault();
      if (s.stop != null) return s.stop;
      if (s.at.atLimit()) return limitReached();
      int header = s.begin();
      if (s.at.level > Position.RING && ++s.count.commands == s.count.faultAt) {
        FaultEffect effect = s.signals.faultReached(s);
        if (effect == FaultEffect.STOPPED) return frozen();
        if (effect == FaultEffect.CHANGED) {
          s.forgetPayment();
          if (!s.openCode()) return pageFault();
          header = s.begin();
        }
      }
      int clocks = execute(header);
      s.clocks += clocks;
      if (s.stop != null) return s.memory.takeFault() ? faultInCommand() : s.stop;
      s.end();
    }
    return Stop.QUANTUM;
  }

  /** What the last {@link #run} reported with {@link Stop#ERROR}, as bits of RING_EIR. */
  public int errorBits() {
    return s.errorBits;
  }

  /** Clocks that the last {@link #run} took. */
  public long clocks() {
    return s.clocks;
  }

  private Stop limitReached() {
    return s.at.level == Position.RING ? Stop.RING_EMPTY : Stop.WORKAROUND_DONE;
  }

  private int execute(int header) {
    return switch (header >>> TYPE_SHIFT) {
      case TYPE_MI -> executeMi(header);
      case TYPE_BLITTER -> executeBlitter(header);
      case TYPE_GRAPHICS -> executeGraphics(header);
      default -> unknown();
    };
  }

  private int executeMi(int header) {
    int opcode = header >>> OPCODE_SHIFT;
    if (foreign[opcode]) return unknown();
    int length = opcode < FIRST_LONG_OPCODE ? 1 : (header & LENGTH_MASKS[opcode]) + 2;
    s.at.pc += (long) length << 2;
    if (s.predication.noopMode != 0
        && header >>> OPCODE_SHIFT != MI_SET_PREDICATE >>> OPCODE_SHIFT) {
      if (MiPredicate.skips(s)) return s.costs.command();
    }
    if (!TELLS_CHANGES[opcode]) s.loop.changed();
    return switch (opcode) {
      case MI_NOOP >>> OPCODE_SHIFT -> noop(header);
      case MI_SET_PREDICATE >>> OPCODE_SHIFT -> MiPredicate.setPredicate(s, header);
      case MI_USER_INTERRUPT >>> OPCODE_SHIFT -> MiWait.userInterrupt(s);
      case MI_WAIT_FOR_EVENT >>> OPCODE_SHIFT -> MiDisplay.waitForEvent(s, header);
      case MI_WAIT_FOR_EVENT_2 >>> OPCODE_SHIFT -> MiDisplay.waitForEvent2(s, header);
      case MI_LOAD_SCAN_LINES_INCL >>> OPCODE_SHIFT -> MiDisplay.loadScanLines(s, header, false);
      case MI_LOAD_SCAN_LINES_EXCL >>> OPCODE_SHIFT -> MiDisplay.loadScanLines(s, header, true);
      case MI_DISPLAY_FLIP >>> OPCODE_SHIFT -> MiDisplay.flip(s, header);
      case MI_ARB_CHECK >>> OPCODE_SHIFT -> MiFlow.arbCheck(s);
      case MI_REPORT_HEAD >>> OPCODE_SHIFT -> MiStore.reportHead(s);
      case MI_ARB_ON_OFF >>> OPCODE_SHIFT -> MiFlow.arbOnOff(s, header);
      case MI_BATCH_BUFFER_END >>> OPCODE_SHIFT -> MiFlow.batchBufferEnd(s, header);
      case MI_PREDICATE >>> OPCODE_SHIFT -> MiPredicate.predicate(s, header);
      case MI_MATH >>> OPCODE_SHIFT -> math.execute(length);
      case MI_SEMAPHORE_SIGNAL >>> OPCODE_SHIFT -> MiWait.semaphoreSignal(s);
      case MI_SEMAPHORE_WAIT >>> OPCODE_SHIFT -> MiWait.semaphoreWait(s, header);
      case MI_STORE_DATA_IMM >>> OPCODE_SHIFT -> MiStore.storeDataImm(s, header, length);
      case MI_STORE_DATA_INDEX >>> OPCODE_SHIFT -> MiStore.storeDataIndex(s, header, length);
      case MI_LOAD_REGISTER_IMM >>> OPCODE_SHIFT -> MiRegister.loadImm(s, header, length);
      case MI_UPDATE_GTT >>> OPCODE_SHIFT -> MiStore.updateGtt(s, length);
      case MI_STORE_REGISTER_MEM >>> OPCODE_SHIFT -> MiRegister.storeMem(s, header);
      case MI_FLUSH_DW >>> OPCODE_SHIFT -> Flush.flushDw(s, header, length);
      case MI_REPORT_PERF_COUNT >>> OPCODE_SHIFT -> MiStore.reportPerfCount(s);
      case MI_LOAD_REGISTER_MEM >>> OPCODE_SHIFT -> MiRegister.loadMem(s, header);
      case MI_LOAD_REGISTER_REG >>> OPCODE_SHIFT -> MiRegister.loadReg(s, header);
      case MI_COPY_MEM_MEM >>> OPCODE_SHIFT -> MiStore.copyMemMem(s, header);
      case MI_ATOMIC >>> OPCODE_SHIFT -> MiAtomic.execute(s, header);
      case MI_BATCH_BUFFER_START >>> OPCODE_SHIFT -> MiFlow.batchBufferStart(s, header);
      case MI_CONDITIONAL_BATCH_BUFFER_END >>> OPCODE_SHIFT -> MiFlow.conditionalEnd(s, header);
      case MI_RS_CONTROL >>> OPCODE_SHIFT,
          MI_SUSPEND_FLUSH >>> OPCODE_SHIFT,
          MI_TOPOLOGY_FILTER >>> OPCODE_SHIFT,
          MI_SET_APPID >>> OPCODE_SHIFT,
          MI_RS_CONTEXT >>> OPCODE_SHIFT,
          MI_SET_CONTEXT >>> OPCODE_SHIFT,
          MI_PRT_BATCH_BUFFER_START >>> OPCODE_SHIFT,
          MI_FORCE_WAKEUP >>> OPCODE_SHIFT,
          MI_CLFLUSH >>> OPCODE_SHIFT ->
          s.costs.command();
      default -> unknown();
    };
  }

  /** In a page of nothing but MI_NOOP, as scratch is, many are passed at once. */
  private int noop(int header) {
    if ((header & MI_NOOP_IDENTIFICATION_NUMBER_REGISTER_WRITE_ENABLE) != 0) {
      s.setOwnRegister(RING_NOPID, header & MI_NOOP_IDENTIFICATION_NUMBER_MASK);
    } else if (slides()) {
      return slide();
    }
    return s.costs.command();
  }

  private boolean slides() {
    boolean fresh = (s.commandAddress & Page.OFFSET_MASK) == 0 || s.clocks == 0;
    return fresh && s.at.level > Position.RING && s.at.code.isZero();
  }

  /** Passes as many as would be passed one by one, before a fault or the end of the slice. */
  private int slide() {
    int cost = s.costs.command();
    long inPage = Page.BYTES - (s.commandAddress & Page.OFFSET_MASK) >> 2;
    long inSlice = (budget - s.clocks + cost - 1) / cost;
    long beforeFault = s.count.faultAt - s.count.commands;
    long passed = Math.min(inPage, inSlice);
    if (beforeFault > 0) passed = Math.min(passed, beforeFault);
    s.at.pc = s.commandAddress + (passed << 2);
    s.count.commands += passed - 1;
    return (int) passed * cost;
  }

  private int executeBlitter(int header) {
    if (s.engine.engineClass() != EngineClass.COPY) return unknown();
    s.at.pc += (long) ((header & 0xff) + 2) << 2;
    s.loop.changed();
    if (s.predication.noopMode != 0 && MiPredicate.skips(s)) return s.costs.command();
    int clocks = blitter.execute(header);
    return clocks == Blitter.UNKNOWN ? unknown() : clocks;
  }

  private int executeGraphics(int header) {
    int length = GraphicsLength.dwords(header, s.engine.engineClass(), s.architecture);
    if (length == GraphicsLength.UNKNOWN) return unknown();
    s.at.pc += (long) length << 2;
    s.loop.changed();
    if (s.predication.noopMode != 0 && MiPredicate.skips(s)) return s.costs.command();
    return graphics.execute(header, length);
  }

  /** Parsing ends at the command, with IPEHR and ACTHD on it (gen12-commands.md part 2, end). */
  private int unknown() {
    s.errorBits = RING_EIR_INSTRUCTION_ERROR;
    return s.stopBefore(Stop.ERROR);
  }

  /** A fetch, or an access between commands, found no page. */
  private Stop pageFault() {
    s.memory.takeFault();
    s.errorBits = RING_EIR_PAGE_TABLE_ERROR;
    return Stop.ERROR;
  }

  /** Parsing ends at the command, which did what it could. */
  private Stop faultInCommand() {
    boolean goneOn = s.at.pc != s.commandAddress;
    if (goneOn) s.stopBefore(Stop.ERROR);
    return pageFault();
  }

  private Stop frozen() {
    s.stopBefore(Stop.FROZEN);
    return Stop.FROZEN;
  }
}
