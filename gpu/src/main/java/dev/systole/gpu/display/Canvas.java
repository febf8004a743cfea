package dev.systole.gpu.display;

import java.util.Arrays;

/** A picture that is being composed, its pixels opaque. */
final class Canvas {
  private static final int OPAQUE = 0xff000000;
  private static final int BYTE = 0xff;

  final int width;
  final int height;
  final int[] argb;

  Canvas(int width, int height, int colour) {
    this.width = width;
    this.height = height;
    argb = new int[width * height];
    Arrays.fill(argb, OPAQUE | colour);
  }

  int at(int x, int y) {
    return argb[y * width + x];
  }

  /** Lays a colour, which its alpha is multiplied with, over what is there. */
  void blend(int x, int y, int colour) {
    int at = y * width + x;
    int through = BYTE - (colour >>> 24);
    argb[at] = through == 0 ? colour : OPAQUE | add(colour, scaled(argb[at], through));
  }

  /** A colour and its alpha multiplied with {@code factor}, 0 to 255. */
  static int scaled(int colour, int factor) {
    int result = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      result |= ((colour >>> shift & BYTE) * factor + BYTE / 2) / BYTE << shift;
    }
    return result;
  }

  private static int add(int one, int other) {
    int result = 0;
    for (int shift = 0; shift < 24; shift += Byte.SIZE) {
      int sum = (one >>> shift & BYTE) + (other >>> shift & BYTE);
      result |= Math.min(sum, BYTE) << shift;
    }
    return result;
  }
}
