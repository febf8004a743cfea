package dev.systole.gpu.command;

import static dev.systole.spec.gen12.RenderCommands.*;
import static dev.systole.spec.gen12.StateCommands.*;

import dev.systole.gpu.blit.Raster;

/**
 * The one draw that changes pixels: a rectangle whose state says that it is of the render target's
 * clear colour. Either 3DSTATE_PS asks for a fast clear, which here is resolved at once, or its
 * kernel is {@link Kernel#SOLID}. The vertices lie in buffer 0 and begin with x and y, in pixels.
 */
final class SolidRectangle {
  private static final int CORNERS = 3;
  private static final int VERTEX_BUFFER_DWORDS = 4;
  private static final long ADDRESS_MASK = 0xffffffffffffL;
  private static final float PIXELS_MAX = 16384;

  private final EngineState s;
  private final Raster raster;
  private final RenderTarget target;

  private float left;
  private float top;
  private float right;
  private float bottom;

  SolidRectangle(EngineState state) {
    s = state;
    raster = new Raster(state.memory);
    target = new RenderTarget(state, raster);
  }

  /** Whether the draw is one, of so many vertices from the given one on; {@link #pixels} then. */
  boolean select(int topology, long vertices, long firstVertex, long instances) {
    boolean fits = topology == PRIMITIVE_TOPOLOGY_RECTLIST && vertices == CORNERS && instances == 1;
    if (!fits || !hasPixelShader()) return false;
    boolean fast = isFastClear();
    if (!fast && !(isSolid() && drawsInPixels() && fetch(firstVertex))) return false;
    if (!target.select()) return false;
    if (!fast) clip();
    return true;
  }

  /** How many pixels {@link #draw} writes. */
  long pixels() {
    return raster.area().pixels();
  }

  void draw() {
    target.clear();
  }

  private boolean hasPixelShader() {
    return s.last.has(_3DSTATE_PS)
        && s.last.has(STATE_BASE_ADDRESS)
        && s.last.has(_3DSTATE_BINDING_TABLE_POINTERS_PS);
  }

  private boolean isFastClear() {
    int mode = s.last.dword(_3DSTATE_PS, _3DSTATE_PS_RENDER_TARGET_FAST_CLEAR_ENABLE_DWORD);
    return (mode & _3DSTATE_PS_RENDER_TARGET_FAST_CLEAR_ENABLE) != 0;
  }

  private boolean isSolid() {
    long start = s.last.qword(_3DSTATE_PS, _3DSTATE_PS_KERNEL_START_POINTER_0_DWORD);
    return Kernel.at(s.memory, StateBase.instruction(s) + start) == Kernel.SOLID;
  }

  /** No viewport lies between the vertices and the pixels, nothing is scissored or sampled. */
  private boolean drawsInPixels() {
    int fixed = s.last.dword(_3DSTATE_SF, _3DSTATE_SF_VIEWPORT_TRANSFORM_ENABLE_DWORD);
    int raster3d = s.last.dword(_3DSTATE_RASTER, _3DSTATE_RASTER_SCISSOR_RECTANGLE_ENABLE_DWORD);
    int samples =
        s.last.dword(_3DSTATE_MULTISAMPLE, _3DSTATE_MULTISAMPLE_NUMBER_OF_MULTISAMPLES_LOG2_DWORD);
    return (fixed & _3DSTATE_SF_VIEWPORT_TRANSFORM_ENABLE) == 0
        && (raster3d & _3DSTATE_RASTER_SCISSOR_RECTANGLE_ENABLE) == 0
        && (samples & _3DSTATE_MULTISAMPLE_NUMBER_OF_MULTISAMPLES_LOG2_MASK) == 0;
  }

  // ---- corners

  /** Fetches three corners, the fourth of which follows; returns whether there is a buffer. */
  private boolean fetch(long firstVertex) {
    int dword = vertexBuffer();
    if (dword == 0) return false;
    int mode = s.last.dword(_3DSTATE_VERTEX_BUFFERS, dword);
    long pitch = mode & _3DSTATE_VERTEX_BUFFERS_BUFFER_PITCH_MASK;
    long buffer = s.last.qword(_3DSTATE_VERTEX_BUFFERS, dword + 1) & ADDRESS_MASK;
    left = top = PIXELS_MAX;
    right = bottom = 0;
    for (int i = 0; i < CORNERS; i++) {
      long vertex = buffer + (firstVertex + i) * pitch;
      float x = Float.intBitsToFloat(s.memory.load32(vertex, false));
      float y = Float.intBitsToFloat(s.memory.load32(vertex + Float.BYTES, false));
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
    return true;
  }

  /** The dword of 3DSTATE_VERTEX_BUFFERS at which buffer 0 begins; 0: it is not there. */
  private int vertexBuffer() {
    int length = s.last.lengthDwords(_3DSTATE_VERTEX_BUFFERS);
    for (int dword = 1; dword + VERTEX_BUFFER_DWORDS <= length; dword += VERTEX_BUFFER_DWORDS) {
      int mode = s.last.dword(_3DSTATE_VERTEX_BUFFERS, dword);
      boolean present = (mode & _3DSTATE_VERTEX_BUFFERS_NULL_VERTEX_BUFFER) == 0;
      if (mode >>> _3DSTATE_VERTEX_BUFFERS_VERTEX_BUFFER_INDEX_SHIFT == 0 && present) return dword;
    }
    return 0;
  }

  /** Leaves the pixels whose centres lie in the rectangle and in the drawing rectangle. */
  private void clip() {
    raster.area().clip(pixel(top) << 16 | pixel(left), pixel(bottom) << 16 | pixel(right));
    if (!s.last.has(_3DSTATE_DRAWING_RECTANGLE)) return;
    int first = s.last.dword(_3DSTATE_DRAWING_RECTANGLE, 1);
    int last = s.last.dword(_3DSTATE_DRAWING_RECTANGLE, 2);
    raster.area().clip(first, last + 0x10001);
  }

  /** The first pixel whose centre lies at or behind {@code edge}; 0 when that is no number. */
  private static int pixel(float edge) {
    double first = Math.ceil(edge - 0.5);
    return (int) Math.clamp(first, 0, PIXELS_MAX);
  }
}
