package dev.systole.gpu.command;

import static dev.systole.spec.gen12.MiCommands.*;

import dev.systole.spec.EngineClass;
import java.util.Arrays;

/** What the parser has to know of MI commands by their opcode alone (gen12-commands.md part 2). */
final class MiForms {
  static final int OPCODE_SHIFT = 23;
  private static final int OPCODES = 64;

  private static final int[] RENDER_ONLY = {
    MI_RS_CONTROL,
    MI_PREDICATE,
    MI_TOPOLOGY_FILTER,
    MI_RS_CONTEXT,
    MI_SET_CONTEXT,
    MI_CLFLUSH,
    MI_REPORT_PERF_COUNT
  };
  private static final int[] DISPLAY = {
    MI_WAIT_FOR_EVENT,
    MI_WAIT_FOR_EVENT_2,
    MI_LOAD_SCAN_LINES_INCL,
    MI_LOAD_SCAN_LINES_EXCL,
    MI_DISPLAY_FLIP
  };
  private static final int[] WITHOUT_PIPE_CONTROL = {MI_FLUSH_DW};

  private MiForms() {}

  /** Per opcode, the width of the length field. */
  static int[] lengthMasks() {
    int[] masks = new int[OPCODES];
    Arrays.fill(masks, 0xff);
    int[] six = {
      MI_FLUSH_DW, MI_REPORT_PERF_COUNT, MI_LOAD_SCAN_LINES_INCL, MI_LOAD_SCAN_LINES_EXCL
    };
    for (int command : six) masks[command >>> OPCODE_SHIFT] = 0x3f;
    int[] ten = {MI_STORE_DATA_IMM, MI_UPDATE_GTT, MI_CLFLUSH};
    for (int command : ten) masks[command >>> OPCODE_SHIFT] = 0x3ff;
    return masks;
  }

  /** Per opcode, whether its execution itself says when something changes. */
  static boolean[] tellsChanges() {
    return marked(
        MI_NOOP,
        MI_SET_PREDICATE,
        MI_ARB_CHECK,
        MI_ARB_ON_OFF,
        MI_BATCH_BUFFER_START,
        MI_BATCH_BUFFER_END,
        MI_CONDITIONAL_BATCH_BUFFER_END,
        MI_PREDICATE,
        MI_MATH,
        MI_STORE_DATA_IMM,
        MI_LOAD_REGISTER_IMM,
        MI_LOAD_REGISTER_MEM,
        MI_LOAD_REGISTER_REG,
        MI_STORE_REGISTER_MEM,
        MI_COPY_MEM_MEM,
        MI_ATOMIC);
  }

  /** Per opcode, whether only other engines know the command. */
  static boolean[] foreign(EngineClass engine) {
    return switch (engine) {
      case RENDER -> marked(WITHOUT_PIPE_CONTROL);
      case COMPUTE -> both(marked(WITHOUT_PIPE_CONTROL), marked(DISPLAY));
      case COPY -> marked(RENDER_ONLY);
      case VIDEO, VIDEO_ENHANCE -> both(marked(RENDER_ONLY), marked(DISPLAY));
    };
  }

  private static boolean[] marked(int... commands) {
    var marks = new boolean[OPCODES];
    for (int command : commands) marks[command >>> OPCODE_SHIFT] = true;
    return marks;
  }

  private static boolean[] both(boolean[] one, boolean[] other) {
    for (int i = 0; i < OPCODES; i++) one[i] |= other[i];
    return one;
  }
}
