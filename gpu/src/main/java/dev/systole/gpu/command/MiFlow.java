package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

/** Batches and arbitration (gen12-commands.md 1.6). */
final class MiFlow {
  private MiFlow() {}

  static int arbCheck(EngineState s) {
    if (s.preemptible()) s.stop = Stop.PREEMPT;
    return s.costs.command();
  }

  static int arbOnOff(EngineState s, int header) {
    boolean on = (header & MI_ARB_ON_OFF_ARBITRATION_ENABLE) != 0;
    if (on != s.arbitration.isEnabled()) s.loop.changed();
    s.arbitration.enable(on);
    return s.costs.command();
  }

  static int batchBufferStart(EngineState s, int header) {
    if ((header & MI_BATCH_BUFFER_START_PREDICATE_ENABLE) != 0 && !MiPredicate.result(s)) {
      return s.costs.command();
    }
    if (s.preemptible()) return s.stopBefore(Stop.PREEMPT);
    long address = s.operandAddress(MI_BATCH_BUFFER_START_ADDRESS_DWORD);
    boolean ggtt = (header & MI_BATCH_BUFFER_START_ADDRESS_SPACE_PPGTT) == 0 && s.at.ggtt;
    if (s.stop != null) return 0;
    if (s.at.level == Position.RING) {
      startFirstLevel(s, address, ggtt);
    } else if (callsNextLevel(s, header)) {
      s.at.call(address, ggtt);
    } else {
      jump(s, address, ggtt);
    }
    return s.costs.batchStart();
  }

  private static void startFirstLevel(EngineState s, long address, boolean ggtt) {
    s.count.start();
    s.at.call(address, ggtt);
    s.signals.batchStarted(s);
  }

  /** A jump on the same level. */
  private static void jump(EngineState s, long address, boolean ggtt) {
    s.at.moveTo(address, ggtt);
    if (address <= s.commandAddress) s.closeLoop();
  }

  private static boolean callsNextLevel(EngineState s, int header) {
    if ((header & MI_BATCH_BUFFER_START_SECOND_LEVEL) == 0 || s.at.level < 1) return false;
    boolean nested = (s.ownRegister(RING_MI_MODE) & RING_MI_MODE_NESTED_BATCH_BUFFER_ENABLE) != 0;
    return s.at.level < (nested ? Position.LEVELS_MAX : 2);
  }

  static int batchBufferEnd(EngineState s, int header) {
    boolean predicated = (header & MI_BATCH_BUFFER_END_PREDICATE_ENABLE) != 0;
    if (predicated && (s.ownRegister(MI_PREDICATE_RESULT_PREDICATED) & 1) != 0) {
      return s.costs.command();
    }
    if (s.at.level == Position.WORKAROUND) s.stop = Stop.WORKAROUND_DONE;
    else if ((header & MI_BATCH_BUFFER_END_END_CONTEXT) != 0) s.stop = Stop.CONTEXT_END;
    else if (s.at.level > Position.RING) endLevels(s, s.at.level - 1);
    return s.costs.command();
  }

  /** Condition true: go on; false: end this level or all (gen12-commands.md part 2, 36). */
  static int conditionalEnd(EngineState s, int header) {
    boolean ggtt = (header & MI_CONDITIONAL_BATCH_BUFFER_END_USE_GLOBAL_GTT) != 0;
    if (s.at.level <= Position.RING || ggtt && !s.privileged()) return s.costs.command();
    if ((header & MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_SEMAPHORE) == 0) return s.costs.command();
    long address = s.operandAddress(MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_ADDRESS_DWORD) & ~7L;
    int value = s.load32(address, ggtt);
    if ((header & MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_MASK_MODE) != 0) {
      value &= s.load32(address + Integer.BYTES, ggtt);
    }
    if (s.stop != null) return 0;
    s.loop.observe(address, ggtt);
    int data = s.operand(MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_DATA_DWORD_DWORD);
    int operation =
        (header & MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_OPERATION_MASK)
            >>> MI_CONDITIONAL_BATCH_BUFFER_END_COMPARE_OPERATION_SHIFT;
    if (!holds(operation, value, data)) {
      boolean onlyThis = (header & MI_CONDITIONAL_BATCH_BUFFER_END_END_CURRENT_LEVEL_ONLY) != 0;
      endLevels(s, onlyThis ? s.at.level - 1 : Position.RING);
    }
    return s.costs.load();
  }

  private static void endLevels(EngineState s, int calling) {
    if (calling == Position.RING) s.count.faultAt = 0;
    s.at.returnTo(calling);
  }

  /** The unsigned comparison that semaphores and conditional ends share. */
  static boolean holds(int operation, int memory, int inline) {
    int order = Integer.compareUnsigned(memory, inline);
    return switch (operation) {
      case 0 -> order > 0;
      case 1 -> order >= 0;
      case 2 -> order < 0;
      case 3 -> order <= 0;
      case 4 -> order == 0;
      case 5 -> order != 0;
      default -> false;
    };
  }
}
