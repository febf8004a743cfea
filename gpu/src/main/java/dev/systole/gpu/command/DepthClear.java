package dev.systole.gpu.command;

import static dev.systole.spec.gen12.StateCommands.*;

import dev.systole.gpu.blit.Raster;

/**
 * 3DSTATE_WM_HZ_OP that clears depth: there is no hierarchical buffer, so the depth buffer itself
 * is filled with the value of 3DSTATE_CLEAR_PARAMS. Stencil is not cleared.
 */
final class DepthClear {
  private static final long ADDRESS_MASK = 0xffffffffffffL;
  private static final int D24_MAX = 0xffffff;
  private static final int D16_MAX = 0xffff;

  private final EngineState s;
  private final Raster raster;

  DepthClear(EngineState state) {
    s = state;
    raster = new Raster(state.memory);
  }

  int execute(int header, int lengthDwords) {
    s.last.write(s, header, lengthDwords);
    int operation = s.operand(_3DSTATE_WM_HZ_OP_DEPTH_BUFFER_CLEAR_ENABLE_DWORD);
    if ((operation & _3DSTATE_WM_HZ_OP_DEPTH_BUFFER_CLEAR_ENABLE) == 0 || !hasBuffer()) {
      return s.costs.command();
    }
    setArea();
    if (s.mustPay(s.costs.primitive() + raster.area().pixels() / s.costs.pixelsPerClock())) {
      return 0;
    }
    fill();
    return 0;
  }

  private boolean hasBuffer() {
    int mode = s.last.dword(_3DSTATE_DEPTH_BUFFER, _3DSTATE_DEPTH_BUFFER_SURFACE_TYPE_DWORD);
    return (mode & _3DSTATE_DEPTH_BUFFER_WRITE_ENABLE) != 0
        && (mode & _3DSTATE_DEPTH_BUFFER_SURFACE_TYPE_MASK)
            == _3DSTATE_DEPTH_BUFFER_SURFACE_TYPE__2D;
  }

  private void setArea() {
    raster
        .area()
        .set(
            s.operand(_3DSTATE_WM_HZ_OP_CLEAR_RECTANGLE_X_MINIMUM_DWORD),
            s.operand(_3DSTATE_WM_HZ_OP_CLEAR_RECTANGLE_X_MAXIMUM_DWORD));
    int size = s.last.dword(_3DSTATE_DEPTH_BUFFER, _3DSTATE_DEPTH_BUFFER_WIDTH_DWORD);
    int width = (size & _3DSTATE_DEPTH_BUFFER_WIDTH_MASK) >>> _3DSTATE_DEPTH_BUFFER_WIDTH_SHIFT;
    int height = (size & _3DSTATE_DEPTH_BUFFER_HEIGHT_MASK) >>> _3DSTATE_DEPTH_BUFFER_HEIGHT_SHIFT;
    raster.area().clip(0, height + 1 << 16 | width + 1);
  }

  private void fill() {
    int mode = s.last.dword(_3DSTATE_DEPTH_BUFFER, _3DSTATE_DEPTH_BUFFER_SURFACE_PITCH_DWORD);
    int pitch = (mode & _3DSTATE_DEPTH_BUFFER_SURFACE_PITCH_MASK) + 1;
    long base =
        s.last.qword(_3DSTATE_DEPTH_BUFFER, _3DSTATE_DEPTH_BUFFER_SURFACE_BASE_ADDRESS_DWORD);
    raster.target().set(base & ADDRESS_MASK, pitch, RenderTarget.yTiling(s));
    int depth = s.last.dword(_3DSTATE_CLEAR_PARAMS, _3DSTATE_CLEAR_PARAMS_DEPTH_CLEAR_VALUE_DWORD);
    switch (mode & _3DSTATE_DEPTH_BUFFER_SURFACE_FORMAT_MASK) {
      case _3DSTATE_DEPTH_BUFFER_SURFACE_FORMAT_D32_FLOAT ->
          raster.fill(depth & 0xffffffffL, 0, Integer.BYTES);
      case _3DSTATE_DEPTH_BUFFER_SURFACE_FORMAT_D24_UNORM_X8_UINT ->
          raster.fill(RenderTarget.unorm(depth, D24_MAX), 0, Integer.BYTES);
      case _3DSTATE_DEPTH_BUFFER_SURFACE_FORMAT_D16_UNORM ->
          raster.fill(RenderTarget.unorm(depth, D16_MAX), 0, Short.BYTES);
      default -> {}
    }
  }
}
