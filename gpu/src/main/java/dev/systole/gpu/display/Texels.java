package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

/** The pixels of a plane as memory holds them, from the plane's own corner on. */
@FunctionalInterface
interface Texels {
  /** A pixel as 0xAARRGGBB. */
  int at(int x, int y);

  /** A way to read the pixels of a plane, or null when it shows nothing. */
  static Texels of(FrameMemory memory, Latched latched, int plane) {
    var layout = Layout.of(latched, plane);
    if (layout == null) return null;
    int control = latched.plane(plane, PLANE_CTL);
    boolean swapped = (control & PLANE_CTL_RGBX_ORDER) != 0;
    return switch (control & PLANE_CTL_FORMAT_MASK) {
      case PLANE_CTL_FORMAT_XRGB_8888 ->
          (x, y) -> ordered(memory.load32(layout.address(x, y, 2)), swapped);
      case PLANE_CTL_FORMAT_XRGB_2101010 ->
          (x, y) -> ordered(tenBits(memory.load32(layout.address(x, y, 2))), swapped);
      case PLANE_CTL_FORMAT_RGB_565 ->
          (x, y) -> fiveBits(load(memory, layout.address(x, y, 1)) & 0xffff);
      case PLANE_CTL_FORMAT_NV12 -> nv12(memory, latched, plane, layout);
      default -> null;
    };
  }

  /** The dword that begins with the pixel at {@code address}. */
  private static int load(FrameMemory memory, long address) {
    return memory.load32(address) >>> ((int) address & 3) * Byte.SIZE;
  }

  private static int ordered(int argb, boolean swapped) {
    if (!swapped) return argb;
    return argb & 0xff00ff00 | argb << 16 & 0xff0000 | argb >>> 16 & 0xff;
  }

  /** The upper eight bits of each colour; two of alpha. */
  private static int tenBits(int pixel) {
    return (pixel >>> 30) * 0x55 << 24
        | (pixel >>> 22 & 0xff) << 16
        | (pixel >>> 12 & 0xff) << 8
        | pixel >>> 2 & 0xff;
  }

  private static int fiveBits(int pixel) {
    int red = pixel >>> 11;
    int green = pixel >>> 5 & 0x3f;
    int blue = pixel & 0x1f;
    return 0xff000000
        | (red << 3 | red >>> 2) << 16
        | (green << 2 | green >>> 4) << 8
        | blue << 3
        | blue >>> 2;
  }

  /**
   * Colours from the plane itself, brightness from another one, which the upsampler or a scaler
   * names (i915: icl_plane_update, linked planes). Comes as Cr, Y, Cb in the places of red, green
   * and blue, as conversions take it.
   */
  private static Texels nv12(FrameMemory memory, Latched latched, int plane, Layout colours) {
    int other = brightnessPlane(latched, plane);
    if (other < 0) return null;
    int control = latched.plane(other, PLANE_CTL);
    var brightness = Layout.of(latched, other);
    if ((control & PLANE_CTL_ENABLE) == 0 || brightness == null) return null;
    int fullRange =
        latched.plane(plane, PLANE_COLOR_CTL) & PLANE_COLOR_CTL_YUV_RANGE_CORRECTION_DISABLE;
    return (x, y) -> {
      int pair = load(memory, colours.address(x >> 1, y >> 1, 1));
      int luma = load(memory, brightness.address(x, y, 0)) & 0xff;
      int cb = pair & 0xff;
      int cr = pair >>> 8 & 0xff;
      if (fullRange == 0) {
        luma = Math.clamp((luma - 16) * 255 / 219, 0, 255);
        cb = Math.clamp((cb - 128) * 255 / 224 + 128, 0, 255);
        cr = Math.clamp((cr - 128) * 255 / 224 + 128, 0, 255);
      }
      return 0xff000000 | cr << 16 | luma << 8 | cb;
    };
  }

  private static int brightnessPlane(Latched latched, int plane) {
    int upsampler = latched.plane(plane, PLANE_CUS_CTL);
    if ((upsampler & PLANE_CUS_CTL_ENABLE) != 0) {
      return (upsampler & PLANE_CUS_CTL_Y_PLANE_7) != 0 ? 6 : 5;
    }
    int scaler = Scaler.boundTo(latched, plane);
    if (scaler < 0) return -1;
    int binding =
        (latched.scaler(scaler, PS_CTRL) & PS_CTRL_Y_PLANE_BINDING_MASK)
            >>> PS_CTRL_Y_PLANE_BINDING_SHIFT;
    return binding - 1;
  }
}
