package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.RingRegisters.*;

/** MI_PREDICATE and MI_SET_PREDICATE. */
final class MiPredicate {
  private MiPredicate() {}

  /** Whether MI_PREDICATE_RESULT lets predicated commands happen. */
  static boolean result(EngineState s) {
    return (s.ownRegister(MI_PREDICATE_RESULT) & 1) != 0;
  }

  static int setPredicate(EngineState s, int header) {
    int mode = header & MI_SET_PREDICATE_PREDICATE_ENABLE_MASK;
    if (mode != s.predication.noopMode) s.loop.changed();
    s.predication.noopMode = mode;
    return s.costs.command();
  }

  /** Whether MI_SET_PREDICATE turns what follows into MI_NOOP. */
  static boolean skips(EngineState s) {
    return switch (s.predication.noopMode) {
      case MI_SET_PREDICATE_PREDICATE_ENABLE_NOOP_ON_RESULT_2_CLEAR ->
          !isSet(s, MI_PREDICATE_RESULT_2);
      case MI_SET_PREDICATE_PREDICATE_ENABLE_NOOP_ON_RESULT_2_SET ->
          isSet(s, MI_PREDICATE_RESULT_2);
      case MI_SET_PREDICATE_PREDICATE_ENABLE_NOOP_ON_RESULT_CLEAR -> !isSet(s, MI_PREDICATE_RESULT);
      case MI_SET_PREDICATE_PREDICATE_ENABLE_NOOP_ON_RESULT_SET -> isSet(s, MI_PREDICATE_RESULT);
      case MI_SET_PREDICATE_PREDICATE_ENABLE_NOOP_ALWAYS -> true;
      default -> false;
    };
  }

  private static boolean isSet(EngineState s, int register) {
    return (s.ownRegister(register) & 1) != 0;
  }

  static int predicate(EngineState s, int header) {
    boolean compared = compare(s, header & MI_PREDICATE_COMPARE_OPERATION_MASK);
    boolean combined =
        switch (header & MI_PREDICATE_COMBINE_OPERATION_MASK) {
          case MI_PREDICATE_COMBINE_OPERATION_COMBINE_SET -> compared;
          case MI_PREDICATE_COMBINE_OPERATION_COMBINE_AND -> s.predication.state & compared;
          case MI_PREDICATE_COMBINE_OPERATION_COMBINE_OR -> s.predication.state | compared;
          default -> s.predication.state ^ compared;
        };
    if (combined != s.predication.state) s.loop.changed();
    s.predication.state = combined;
    switch (header & MI_PREDICATE_LOAD_OPERATION_MASK) {
      case MI_PREDICATE_LOAD_OPERATION_LOAD_LOAD -> load(s, s.predication.state);
      case MI_PREDICATE_LOAD_OPERATION_LOAD_LOADINV -> load(s, !s.predication.state);
      default -> {}
    }
    return s.costs.command();
  }

  private static boolean compare(EngineState s, int operation) {
    long source0 = s.own.load64(MI_PREDICATE_SRC0);
    long source1 = s.own.load64(MI_PREDICATE_SRC1);
    return switch (operation) {
      case MI_PREDICATE_COMPARE_OPERATION_COMPARE_TRUE -> true;
      case MI_PREDICATE_COMPARE_OPERATION_COMPARE_FALSE -> false;
      case MI_PREDICATE_COMPARE_OPERATION_COMPARE_SRCS_EQUAL -> source0 == source1;
      default -> source0 - source1 == s.own.load64(MI_PREDICATE_DATA);
    };
  }

  private static void load(EngineState s, boolean result) {
    s.setOwnRegister(MI_PREDICATE_RESULT, result ? 1 : 0);
  }
}
