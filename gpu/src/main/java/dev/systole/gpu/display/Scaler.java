package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

/** The two scalers of a pipe, which planes or the whole picture are bound to. */
final class Scaler {
  private static final int PIPE_BINDING = 0;

  private Scaler() {}

  /** The scaler that a plane, from 0 on, is bound to, or -1. */
  static int boundTo(Latched latched, int plane) {
    return bound(latched, plane + 1);
  }

  /** The scaler that the whole picture is bound to, or -1. */
  static int boundToPipe(Latched latched) {
    return bound(latched, PIPE_BINDING);
  }

  private static int bound(Latched latched, int binding) {
    for (int scaler = 0; scaler < PS_CTRL_COUNT; scaler++) {
      int control = latched.scaler(scaler, PS_CTRL);
      boolean enabled = (control & PS_CTRL_ENABLE) != 0;
      int to = (control & PS_CTRL_BINDING_MASK) >>> PS_CTRL_BINDING_SHIFT;
      if (enabled && to == binding) return scaler;
    }
    return -1;
  }

  /** Where a scaler puts its picture. */
  static Window window(Latched latched, int scaler) {
    int position = latched.scaler(scaler, PS_WIN_POS);
    int size = latched.scaler(scaler, PS_WIN_SZ);
    return new Window(position >>> 16, position & 0xffff, size >>> 16, size & 0xffff);
  }
}
