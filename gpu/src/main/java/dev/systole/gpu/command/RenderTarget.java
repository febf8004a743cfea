package dev.systole.gpu.command;

import static dev.systole.spec.gen12.GtRegisters.GT_MODE;
import static dev.systole.spec.gen12.GtRegisters.GT_MODE_BINDING_TABLE_ALIGNMENT;
import static dev.systole.spec.gen12.StateCommands.*;

import dev.systole.gpu.blit.Raster;
import dev.systole.gpu.blit.Tiling;

/** The first picture of the pixel shader's binding table, with the colour to clear it with. */
final class RenderTarget {
  private static final long ADDRESS_MASK = 0xffffffffffffL;
  private static final long PAGE_MASK = 0xfffffffff000L;
  private static final long STATE_OFFSET_MASK = 0xffffffc0L;
  private static final int LINE_MASK = -64;
  private static final int LARGE_TABLE_SHIFT = 3;
  private static final int CHANNELS = 4;
  private static final int CHANNEL_MAX = 0xff;

  private final EngineState s;
  private final Raster raster;
  private final int[] color = new int[CHANNELS];

  private long state;
  private int bytesPerPixel;
  private long low;
  private long high;

  RenderTarget(EngineState engineState, Raster raster) {
    s = engineState;
    this.raster = raster;
  }

  /**
   * Makes the picture the target of drawing, and the whole of it the area; returns whether it can
   * be: the first level and layer of a 2D surface whose format and tiling are known.
   */
  boolean select() {
    state = stateAddress(s);
    return isPlain() && selectColor() && selectPicture();
  }

  /** Clears the area. */
  void clear() {
    raster.fill(low, high, bytesPerPixel);
  }

  /** Where the RENDER_SURFACE_STATE of the first target is. */
  static long stateAddress(EngineState s) {
    long offset = s.memory.load32(bindingTable(s), false) & STATE_OFFSET_MASK;
    return StateBase.surface(s) + offset;
  }

  private static long bindingTable(EngineState s) {
    int pool =
        s.last.dword(
            _3DSTATE_BINDING_TABLE_POOL_ALLOC, _3DSTATE_BINDING_TABLE_POOL_ALLOC_ENABLE_DWORD);
    long base =
        (pool & _3DSTATE_BINDING_TABLE_POOL_ALLOC_ENABLE) != 0
            ? s.last.qword(
                    _3DSTATE_BINDING_TABLE_POOL_ALLOC,
                    _3DSTATE_BINDING_TABLE_POOL_ALLOC_BASE_ADDRESS_DWORD)
                & PAGE_MASK
            : StateBase.surface(s);
    int pointer =
        s.last.dword(
                _3DSTATE_BINDING_TABLE_POINTERS_PS,
                _3DSTATE_BINDING_TABLE_POINTERS_PS_POINTER_DWORD)
            & _3DSTATE_BINDING_TABLE_POINTERS_PS_POINTER_MASK;
    return base + ((long) pointer << (hasLargeTables(s) ? LARGE_TABLE_SHIFT : 0));
  }

  /** Whether pointers to binding tables hold bits 18 to 8 of the offset, not 15 to 5. */
  private static boolean hasLargeTables(EngineState s) {
    return (s.registers.read(GT_MODE) & GT_MODE_BINDING_TABLE_ALIGNMENT) != 0;
  }

  private boolean isPlain() {
    int layer = dword(RENDER_SURFACE_STATE_MINIMUM_ARRAY_ELEMENT_DWORD);
    int level = dword(RENDER_SURFACE_STATE_MIP_COUNT_LOD_DWORD);
    return (dword(0) & RENDER_SURFACE_STATE_SURFACE_TYPE_MASK)
            == RENDER_SURFACE_STATE_SURFACE_TYPE__2D
        && (layer & RENDER_SURFACE_STATE_MINIMUM_ARRAY_ELEMENT_MASK) == 0
        && (level & RENDER_SURFACE_STATE_MIP_COUNT_LOD_MASK) == 0;
  }

  private boolean selectPicture() {
    Tiling tiling;
    switch (dword(0) & RENDER_SURFACE_STATE_TILE_MODE_MASK) {
      case RENDER_SURFACE_STATE_TILE_MODE_LINEAR -> tiling = Tiling.LINEAR;
      case RENDER_SURFACE_STATE_TILE_MODE_XMAJOR -> tiling = Tiling.X;
      case RENDER_SURFACE_STATE_TILE_MODE_YMAJOR -> tiling = yTiling(s);
      default -> {
        return false;
      }
    }
    int pitch =
        (dword(RENDER_SURFACE_STATE_SURFACE_PITCH_DWORD) & RENDER_SURFACE_STATE_SURFACE_PITCH_MASK)
            + 1;
    long base = qword(RENDER_SURFACE_STATE_SURFACE_BASE_ADDRESS_DWORD) & ADDRESS_MASK;
    raster.target().set(base, pitch, tiling);
    int size = dword(RENDER_SURFACE_STATE_WIDTH_DWORD);
    int right = (size & RENDER_SURFACE_STATE_WIDTH_MASK) + 1;
    int bottom =
        ((size & RENDER_SURFACE_STATE_HEIGHT_MASK) >>> RENDER_SURFACE_STATE_HEIGHT_SHIFT) + 1;
    raster.area().set(0, bottom << 16 | right);
    return true;
  }

  /** What the third kind of tiles is: that of DG2 took the number of Y. */
  static Tiling yTiling(EngineState s) {
    return switch (s.architecture) {
      case XE_LP -> Tiling.Y;
      case XE_HPG -> Tiling.TILE4;
    };
  }

  // ---- the colour

  private boolean selectColor() {
    long place =
        (dword(RENDER_SURFACE_STATE_CLEAR_VALUE_ADDRESS_ENABLE_DWORD)
                    & RENDER_SURFACE_STATE_CLEAR_VALUE_ADDRESS_ENABLE)
                != 0
            ? qword(RENDER_SURFACE_STATE_CLEAR_COLOR_RED_DWORD) & ADDRESS_MASK & LINE_MASK
            : state + Integer.BYTES * (long) RENDER_SURFACE_STATE_CLEAR_COLOR_RED_DWORD;
    for (int i = 0; i < CHANNELS; i++) {
      color[i] = s.memory.load32(place + (long) Integer.BYTES * i, false);
    }
    high = 0;
    switch (dword(0) & RENDER_SURFACE_STATE_SURFACE_FORMAT_MASK) {
      case RENDER_SURFACE_STATE_SURFACE_FORMAT_R32G32B32A32_FLOAT,
          RENDER_SURFACE_STATE_SURFACE_FORMAT_R32G32B32A32_SINT,
          RENDER_SURFACE_STATE_SURFACE_FORMAT_R32G32B32A32_UINT -> {
        bytesPerPixel = CHANNELS * Integer.BYTES;
        low = color[0] & 0xffffffffL | (long) color[1] << 32;
        high = color[2] & 0xffffffffL | (long) color[3] << 32;
      }
      case RENDER_SURFACE_STATE_SURFACE_FORMAT_R32_SINT,
          RENDER_SURFACE_STATE_SURFACE_FORMAT_R32_UINT,
          RENDER_SURFACE_STATE_SURFACE_FORMAT_R32_FLOAT -> {
        bytesPerPixel = Integer.BYTES;
        low = color[0] & 0xffffffffL;
      }
      case RENDER_SURFACE_STATE_SURFACE_FORMAT_R8G8B8A8_UNORM -> selectUnorm(0, 2);
      case RENDER_SURFACE_STATE_SURFACE_FORMAT_B8G8R8A8_UNORM,
          RENDER_SURFACE_STATE_SURFACE_FORMAT_B8G8R8X8_UNORM ->
          selectUnorm(2, 0);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Four bytes, the first and third of which are red and blue in either order. */
  private void selectUnorm(int first, int third) {
    bytesPerPixel = CHANNELS;
    low =
        unorm(color[first], CHANNEL_MAX)
            | unorm(color[1], CHANNEL_MAX) << 8
            | unorm(color[third], CHANNEL_MAX) << 16
            | unorm(color[3], CHANNEL_MAX) << 24;
  }

  /** The bits of a float from 0 to 1 as a number from 0 to {@code max}, rounded to nearest. */
  static long unorm(int bits, int max) {
    double value = Float.intBitsToFloat(bits);
    return value > 0 ? (long) (Math.min(value, 1) * max + 0.5) : 0;
  }

  private int dword(int index) {
    return s.memory.load32(state + (long) Integer.BYTES * index, false);
  }

  private long qword(int index) {
    return dword(index) & 0xffffffffL | (long) dword(index + 1) << 32;
  }
}
