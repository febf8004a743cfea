package dev.systole.gpu.command;

import static dev.systole.spec.gen12.DisplayRegisters.*;
import static dev.systole.spec.gen12.MiCommands.*;

/**
 * Commands for the display. Planes have numbers from 1 on: planes 1 to 4 of pipes A to C in the
 * order 1A, 1B, 1C, 2A (i915: MI_DISPLAY_FLIP_SKL_PLANE_1_A and its bits in MI_WAIT_FOR_EVENT);
 * those of Gen12's others are not public: here 13 to 19 are pipe D's and 20 to 28 planes 5 to 7 of
 * the others.
 */
final class MiDisplay {
  private static final int PIPES = 3;
  private static final int LAST_OLD_NUMBER = 12;
  private static final int LAST_NUMBER = 28;
  private static final int PIPE_D = 3;
  private static final int FIRST_OF_PIPE_D = 13;
  private static final int FIRST_OF_PLANE_5 = 20;

  /** MI_DISPLAY_FLIP counts from 0 up to here, then from 1: there is no 3. */
  private static final int COUNTED_FROM_ZERO = 3;

  /** The bit of MI_WAIT_FOR_EVENT that waits for the flip of a plane, by its number. */
  private static final int[] FLIP_BITS = {-1, 1, 9, 15, 2, 10, 20, 6, 7, 16, 17, 18, 19};

  private static final int[] BLANK_BITS = {
    MI_WAIT_FOR_EVENT_PIPE_A_VERTICAL_BLANK_WAIT_ENABLE,
    MI_WAIT_FOR_EVENT_PIPE_B_VERTICAL_BLANK_WAIT_ENABLE,
    MI_WAIT_FOR_EVENT_PIPE_C_VERTICAL_BLANK_WAIT_ENABLE
  };

  private static final int[] LINE_BITS = {
    MI_WAIT_FOR_EVENT_PIPE_A_SCAN_LINE_WAIT_ENABLE,
    MI_WAIT_FOR_EVENT_PIPE_B_SCAN_LINE_WAIT_ENABLE,
    MI_WAIT_FOR_EVENT_PIPE_C_SCAN_LINE_WAIT_ENABLE
  };

  /** The pipe of MI_LOAD_SCAN_LINES, by its field; -1: none. Pipe C has 4 since it came. */
  private static final int[] WINDOW_PIPES = {0, 1, -1, -1, 2, 3, -1, -1};

  private MiDisplay() {}

  private static int pipe(int number) {
    if (number <= LAST_OLD_NUMBER) return (number - 1) % PIPES;
    return number < FIRST_OF_PLANE_5 ? PIPE_D : (number - FIRST_OF_PLANE_5) % PIPES;
  }

  /** Plane on its pipe, from 0 on. */
  private static int plane(int number) {
    if (number <= LAST_OLD_NUMBER) return (number - 1) / PIPES;
    if (number < FIRST_OF_PLANE_5) return number - FIRST_OF_PIPE_D;
    return 4 + (number - FIRST_OF_PLANE_5) / PIPES;
  }

  /** MI_DISPLAY_FLIP: what software would do with registers. */
  static int flip(EngineState s, int header) {
    if (!s.privileged()) return s.costs.command();
    if (s.mustPay(s.costs.store())) return 0;
    int code =
        (header & MI_DISPLAY_FLIP_DISPLAY_PLANE_SELECT_MASK)
            >>> MI_DISPLAY_FLIP_DISPLAY_PLANE_SELECT_SHIFT;
    int number = code < COUNTED_FROM_ZERO ? code + 1 : code;
    if (code == COUNTED_FROM_ZERO || number > LAST_NUMBER) return 0;
    int block = pipe(number) * PLANE_CTL_ROW_STRIDE_BYTES + plane(number) * PLANE_CTL_STRIDE_BYTES;
    int layout = s.operand(MI_DISPLAY_FLIP_TILE_PARAMETER_DWORD);
    int target = s.operand(MI_DISPLAY_FLIP_DISPLAY_BUFFER_BASE_ADDRESS_DWORD);
    boolean async =
        (header & MI_DISPLAY_FLIP_ASYNC_FLIP_INDICATOR) != 0
            || (target & MI_DISPLAY_FLIP_FLIP_TYPE_MASK) == 1;
    if (!async) {
      int tiling = (layout & MI_DISPLAY_FLIP_TILE_PARAMETER_MASK) << PLANE_CTL_TILING_SHIFT;
      int control = s.registers.read(PLANE_CTL + block) & ~PLANE_CTL_TILING_MASK;
      s.registers.write(PLANE_CTL + block, control | tiling);
      int pitch =
          (layout & MI_DISPLAY_FLIP_DISPLAY_BUFFER_PITCH_MASK)
              >>> MI_DISPLAY_FLIP_DISPLAY_BUFFER_PITCH_SHIFT;
      s.registers.write(PLANE_STRIDE + block, pitch);
    }
    int surface = target & PLANE_SURF_ADDRESS_MASK;
    s.registers.write(PLANE_SURF + block, async ? surface | PLANE_SURF_ASYNC_UPDATE : surface);
    return 0;
  }

  /** MI_LOAD_SCAN_LINES_INCL and _EXCL: a window to wait for, inside of it or outside. */
  static int loadScanLines(EngineState s, int header, boolean exclusive) {
    int pipe =
        WINDOW_PIPES[
            (header & MI_LOAD_SCAN_LINES_INCL_DISPLAY_PLANE_SELECT_MASK)
                >>> MI_LOAD_SCAN_LINES_INCL_DISPLAY_PLANE_SELECT_SHIFT];
    if (!s.privileged() || pipe < 0) return s.costs.command();
    int window = s.operand(MI_LOAD_SCAN_LINES_INCL_START_SCAN_LINE_NUMBER_DWORD);
    s.registers.write(
        PIPE_DE_LOAD_SL + pipe * PIPE_DE_LOAD_SL_STRIDE_BYTES,
        window & ~PIPE_DE_LOAD_SL_EXCLUSIVE | (exclusive ? PIPE_DE_LOAD_SL_EXCLUSIVE : 0));
    return s.costs.command();
  }

  /** MI_WAIT_FOR_EVENT: until one of the events that its bits name. */
  static int waitForEvent(EngineState s, int header) {
    if (s.mustPay(s.costs.poll())) return 0;
    boolean asked = false;
    boolean happened = false;
    var display = s.signals.display();
    long since = since(s);
    for (int pipe = 0; pipe < PIPES; pipe++) {
      if ((header & BLANK_BITS[pipe]) != 0) {
        asked = true;
        happened |= display.blankedSince(pipe, since);
      }
      if ((header & LINE_BITS[pipe]) != 0) {
        asked = true;
        happened |= display.inWindow(pipe);
      }
    }
    for (int number = 1; number < FLIP_BITS.length; number++) {
      if ((header >>> FLIP_BITS[number] & 1) == 0) continue;
      asked = true;
      happened |= !display.flipPending(pipe(number), plane(number));
    }
    return happened || !asked ? goOn(s) : stop(s);
  }

  /** MI_WAIT_FOR_EVENT_2: the same with numbers, of which 0 is none. */
  static int waitForEvent2(EngineState s, int header) {
    if (s.mustPay(s.costs.poll())) return 0;
    int flip = header & MI_WAIT_FOR_EVENT_2_PLANE_FLIP_PENDING_WAIT_MASK;
    int blank =
        (header & MI_WAIT_FOR_EVENT_2_PIPE_VERTICAL_BLANK_WAIT_MASK)
            >>> MI_WAIT_FOR_EVENT_2_PIPE_VERTICAL_BLANK_WAIT_SHIFT;
    int line =
        (header & MI_WAIT_FOR_EVENT_2_PIPE_SCAN_LINE_WAIT_MASK)
            >>> MI_WAIT_FOR_EVENT_2_PIPE_SCAN_LINE_WAIT_SHIFT;
    var display = s.signals.display();
    long since = since(s);
    boolean happened =
        isPipe(blank) && display.blankedSince(blank - 1, since)
            || isPipe(line) && display.inWindow(line - 1)
            || isPlane(flip) && !display.flipPending(pipe(flip), plane(flip));
    boolean asked = isPipe(blank) || isPipe(line) || isPlane(flip);
    return happened || !asked ? goOn(s) : stop(s);
  }

  private static boolean isPipe(int number) {
    return number > 0 && number <= PIPE_D + 1;
  }

  private static boolean isPlane(int number) {
    return number > 0 && number <= LAST_NUMBER;
  }

  /** When the wait began. */
  private static long since(EngineState s) {
    return s.loop.waitSinceNanos(s.signals.nowNanos(s));
  }

  private static int goOn(EngineState s) {
    s.loop.endWait();
    return 0;
  }

  private static int stop(EngineState s) {
    s.loop.forget();
    s.pollsTime = false;
    return s.stopBefore(s.preemptible() ? Stop.PREEMPT : Stop.WAIT);
  }
}
