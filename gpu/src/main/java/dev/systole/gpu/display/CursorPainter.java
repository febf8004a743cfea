package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

/** Paints the cursor: a square of ARGB whose colours are multiplied with their alpha. */
final class CursorPainter {
  private CursorPainter() {}

  static void paint(FrameMemory memory, Latched latched, Canvas canvas) {
    int control = latched.pipe(CUR_CTL);
    int size = size(control);
    long base = latched.pipe(CUR_BASE) & CUR_BASE_ADDRESS_MASK & 0xffffffffL;
    int position = latched.pipe(CUR_POS);
    int left = signed(position & CUR_POS_X_MASK, position & CUR_POS_X_SIGN);
    int top = signed((position & CUR_POS_Y_MASK) >>> CUR_POS_Y_SHIFT, position & CUR_POS_Y_SIGN);
    int height = height(latched, size);
    boolean turned = (control & CUR_CTL_ROTATE_180) != 0;
    for (int y = Math.max(0, -top); y < height && top + y < canvas.height; y++) {
      for (int x = Math.max(0, -left); x < size && left + x < canvas.width; x++) {
        int at = y * size + x;
        int texel = turned ? height * size - 1 - at : at;
        canvas.blend(left + x, top + y, memory.load32(base + texel * (long) Integer.BYTES));
      }
    }
  }

  /** Width, and height unless it is given apart; 0 in a mode that there is not. */
  static int size(int control) {
    return switch (control & CUR_CTL_MODE_MASK) {
      case CUR_CTL_MODE__64_ARGB -> 64;
      case CUR_CTL_MODE__128_ARGB -> 128;
      case CUR_CTL_MODE__256_ARGB -> 256;
      default -> 0;
    };
  }

  private static int height(Latched latched, int size) {
    int control = latched.pipe(CUR_FBC_CTL);
    if ((control & CUR_FBC_CTL_ENABLE) == 0) return size;
    return Math.min(size, (control & CUR_FBC_CTL_HEIGHT_MASK) + 1);
  }

  private static int signed(int magnitude, int sign) {
    return sign == 0 ? magnitude : -magnitude;
  }
}
