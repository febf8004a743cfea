package dev.systole.gpu.engine;

import static dev.systole.spec.gen12.MiCommands.*;
import static dev.systole.spec.gen12.SubmissionStructures.*;

/**
 * The commands that wait, by their headers: on which of them hardware gives the engine to the next
 * context, and what the context status event then says (i915-kernel.md 4.2; gen12-commands.md part
 * 2, 03, 04, 1c). A semaphore that is polled keeps the engine.
 */
final class Waits {
  /** The context stays on the engine. */
  static final int STAYS = 0;

  private static final int OPCODE_MASK = 0xff800000;
  private static final int VERTICAL_BLANKS =
      MI_WAIT_FOR_EVENT_PIPE_A_VERTICAL_BLANK_WAIT_ENABLE
          | MI_WAIT_FOR_EVENT_PIPE_B_VERTICAL_BLANK_WAIT_ENABLE
          | MI_WAIT_FOR_EVENT_PIPE_C_VERTICAL_BLANK_WAIT_ENABLE;
  private static final int SCAN_LINES =
      MI_WAIT_FOR_EVENT_PIPE_A_SCAN_LINE_WAIT_ENABLE
          | MI_WAIT_FOR_EVENT_PIPE_B_SCAN_LINE_WAIT_ENABLE
          | MI_WAIT_FOR_EVENT_PIPE_C_SCAN_LINE_WAIT_ENABLE;

  private Waits() {}

  /** Whether it waits for a semaphore; the others wait for the display. */
  static boolean isForSemaphore(int header) {
    return (header & OPCODE_MASK) == MI_SEMAPHORE_WAIT;
  }

  /** The switch detail with which the context gives way, or {@link #STAYS}. */
  static int switchDetail(int header) {
    return switch (header & OPCODE_MASK) {
      case MI_SEMAPHORE_WAIT ->
          (header & MI_SEMAPHORE_WAIT_POLLING_MODE) != 0
              ? STAYS
              : CONTEXT_STATUS_SWITCH_DETAIL_WAIT_SEMAPHORE;
      case MI_WAIT_FOR_EVENT ->
          display((header & VERTICAL_BLANKS) != 0, (header & SCAN_LINES) != 0);
      case MI_WAIT_FOR_EVENT_2 ->
          display(
              (header & MI_WAIT_FOR_EVENT_2_PIPE_VERTICAL_BLANK_WAIT_MASK) != 0,
              (header & MI_WAIT_FOR_EVENT_2_PIPE_SCAN_LINE_WAIT_MASK) != 0);
      default -> STAYS;
    };
  }

  /** What is neither for a blank nor for a line is for a flip. */
  private static int display(boolean verticalBlank, boolean scanLine) {
    if (verticalBlank) return CONTEXT_STATUS_SWITCH_DETAIL_WAIT_VBLANK;
    return scanLine
        ? CONTEXT_STATUS_SWITCH_DETAIL_WAIT_SCANLINE
        : CONTEXT_STATUS_SWITCH_DETAIL_WAIT_SYNC_FLIP;
  }
}
