package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import dev.systole.gpu.memory.Page;
import dev.systole.gpu.memory.PagedMemory;

/**
 * What a pipe works with, as opposed to what software has written: the registers that are double
 * buffered, copied group by group. It lies in a stretch of BAR 0 that has no registers on the real
 * device, where software cannot reach it: so it is saved and hashed with the registers.
 */
final class Latched {
  /** The stretch: above the 2 MiB of registers, below the GGTT. */
  static final int FIRST = 0x60_0000;

  /** Per pipe: a page of its registers and scalers, then its colour tables. */
  static final int PIPE_BYTES = 4 * Page.BYTES;

  /** Groups of registers by number: planes 1 to 7, then these. */
  static final int CURSOR = 7;

  static final int SCALER_1 = 8;
  static final int SCALER_2 = 9;

  /** The colour space conversion of the pipe. */
  static final int CONVERSION = 10;

  /** Source size, background and kind of gamma. */
  static final int WHOLE = 11;

  static final int NO_GROUP = -1;

  private static final int PLANE_FIRST = PLANE_CTL;
  private static final int PLANE_BYTES = PLANE_CTL_STRIDE_BYTES;
  private static final int CURSOR_FIRST = CUR_CTL;
  private static final int CURSOR_BYTES = PLANE_CTL - CUR_CTL;
  private static final int SCALER_FIRST = PS_PWR_GATE;
  private static final int SCALER_BYTES = 0xa0;
  private static final int CONVERSION_FIRST = PIPE_CSC_COEFF_RY_GY;
  private static final int CONVERSION_BYTES = 0x70;

  // where in the page what does not lie in the pipe's own page of registers is put
  private static final int SCALER_PLACE = 0xa00;
  private static final int CONVERSION_PLACE = 0xc00;
  private static final int GAMMA_MODE_PLACE = 0xd00;
  private static final int SOURCE_PLACE = 0xd04;

  private final PagedMemory registers;
  private final int pipe;
  private final int base;

  Latched(PagedMemory registers, int pipe) {
    this.registers = registers;
    this.pipe = pipe;
    base = FIRST + pipe * PIPE_BYTES;
  }

  /** Where the pipe's colour tables begin; there are three pages. */
  int tables() {
    return base + Page.BYTES;
  }

  /** Forgets everything but the colour tables. */
  void clear() {
    for (int offset = 0; offset < Page.BYTES; offset += Integer.BYTES) {
      registers.store32(base + offset, 0);
    }
  }

  /** Which group a write to a register arms (i915: the last write of an update), if any. */
  int armedBy(int offset) {
    int scaler = offset - PS_WIN_SZ - pipe * PS_CTRL_ROW_STRIDE_BYTES;
    if (scaler == 0) return SCALER_1;
    if (scaler == PS_CTRL_STRIDE_BYTES) return SCALER_2;
    if (offset == PIPE_CSC_MODE + pipe * PIPE_CSC_MODE_STRIDE_BYTES) return CONVERSION;
    if (offset == GAMMA_MODE + pipe * GAMMA_MODE_STRIDE_BYTES) return WHOLE;
    int register = offset - pipe * PLANE_CTL_ROW_STRIDE_BYTES;
    int plane = (register - PLANE_SURF) / PLANE_BYTES;
    boolean isSurface = register == PLANE_SURF + plane * PLANE_BYTES;
    if (isSurface && plane >= 0 && plane < PLANE_CTL_COUNT) return plane;
    return switch (register) {
      case CUR_BASE -> CURSOR;
      case PIPESRC, PIPE_BOTTOM_COLOR -> WHOLE;
      default -> NO_GROUP;
    };
  }

  /** Takes over what software has written to a group. */
  void take(int group) {
    int page = pipe * PLANE_CTL_ROW_STRIDE_BYTES;
    switch (group) {
      case CURSOR -> copy(CURSOR_FIRST + page, inPage(CURSOR_FIRST), CURSOR_BYTES);
      case SCALER_1, SCALER_2 -> {
        int scaler = (group - SCALER_1) * PS_CTRL_STRIDE_BYTES;
        int from = SCALER_FIRST + pipe * PS_CTRL_ROW_STRIDE_BYTES + scaler;
        copy(from, SCALER_PLACE + scaler, SCALER_BYTES);
      }
      case CONVERSION -> {
        int from = CONVERSION_FIRST + pipe * PIPE_CSC_MODE_STRIDE_BYTES;
        copy(from, CONVERSION_PLACE, CONVERSION_BYTES);
      }
      case WHOLE -> {
        copy(PIPESRC + page, SOURCE_PLACE, Integer.BYTES);
        copy(PIPE_BOTTOM_COLOR + page, inPage(PIPE_BOTTOM_COLOR), Integer.BYTES);
        copy(GAMMA_MODE + pipe * GAMMA_MODE_STRIDE_BYTES, GAMMA_MODE_PLACE, Integer.BYTES);
      }
      default -> {
        int plane = group * PLANE_BYTES;
        copy(PLANE_FIRST + page + plane, inPage(PLANE_FIRST) + plane, PLANE_BYTES);
      }
    }
  }

  private void copy(int from, int to, int lengthBytes) {
    for (int i = 0; i < lengthBytes; i += Integer.BYTES) {
      registers.store32(base + to + i, registers.load32(from + i));
    }
  }

  private static int inPage(int offset) {
    return offset & Page.OFFSET_MASK;
  }

  /** A register of {@code plane}, from 0 on, given that of the first plane of pipe A. */
  int plane(int plane, int register) {
    return registers.load32(base + inPage(register) + plane * PLANE_BYTES);
  }

  /** Changes what {@link #plane} gives: an asynchronous flip does not wait for the blank. */
  void setPlane(int plane, int register, int value) {
    registers.store32(base + inPage(register) + plane * PLANE_BYTES, value);
  }

  /** A register of the cursor or of the pipe, given that of pipe A. */
  int pipe(int register) {
    return registers.load32(base + inPage(register));
  }

  /** A register of {@code scaler}, 0 or 1, given that of the first one of pipe A. */
  int scaler(int scaler, int register) {
    int offset = register - SCALER_FIRST + scaler * PS_CTRL_STRIDE_BYTES;
    return registers.load32(base + SCALER_PLACE + offset);
  }

  /** A register of the pipe's colour space conversion, given that of pipe A. */
  int conversion(int register) {
    return registers.load32(base + CONVERSION_PLACE + register - CONVERSION_FIRST);
  }

  /** PIPESRC. */
  int source() {
    return registers.load32(base + SOURCE_PLACE);
  }

  /** GAMMA_MODE. */
  int gammaMode() {
    return registers.load32(base + GAMMA_MODE_PLACE);
  }
}
