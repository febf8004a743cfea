package dev.systole.gpu.display;

import java.util.function.IntUnaryOperator;

/** A colour space conversion in fixed point: offsets, nine coefficients, offsets. */
final class ColourMatrix implements ColourStage {
  /** Coefficients of 16.16 bits. */
  private static final int ONE_SHIFT = 16;

  // YCbCr to RGB, of Cr, Y, Cb; full range (i915: icl_program_input_csc)
  static final ColourMatrix BT601 = ofYcbcr(91_881, -46_802, -22_554, 116_130);
  static final ColourMatrix BT709 = ofYcbcr(103_206, -30_675, -12_277, 121_609);
  static final ColourMatrix BT2020 = ofYcbcr(96_639, -37_444, -10_784, 123_299);

  private static final int HALF = 1 << 15;

  private final int[] before;
  private final int[] coefficients;
  private final int[] after;

  private ColourMatrix(int[] before, int[] coefficients, int[] after) {
    this.before = before;
    this.coefficients = coefficients;
    this.after = after;
  }

  private static ColourMatrix ofYcbcr(int redOfCr, int greenOfCr, int greenOfCb, int blueOfCb) {
    int one = 1 << ONE_SHIFT;
    return new ColourMatrix(
        new int[] {-HALF, 0, -HALF},
        new int[] {redOfCr, one, 0, greenOfCr, one, greenOfCb, 0, one, blueOfCb},
        new int[3]);
  }

  /**
   * A conversion in registers.
   *
   * @param load gives the register at an offset from the first coefficient
   * @param before,after offsets of the first register of the offsets
   */
  static ColourMatrix of(IntUnaryOperator load, int before, int after) {
    int[] coefficients = new int[9];
    for (int row = 0; row < 3; row++) {
      int pair = load.applyAsInt(2 * row * Integer.BYTES);
      int single = load.applyAsInt((2 * row + 1) * Integer.BYTES);
      coefficients[3 * row] = coefficient(pair >>> 16);
      coefficients[3 * row + 1] = coefficient(pair & 0xffff);
      coefficients[3 * row + 2] = coefficient(single >>> 16);
    }
    return new ColourMatrix(offsets(load, before), coefficients, offsets(load, after));
  }

  /** Offsets of 1.12 bits and a sign, in units of a colour. */
  private static int[] offsets(IntUnaryOperator load, int first) {
    int[] offsets = new int[3];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = load.applyAsInt(first + i * Integer.BYTES) << 19 >> 15;
    }
    return offsets;
  }

  /** Sign, three bits of exponent, nine of mantissa, three that are ignored (i915: ilk_csc). */
  private static int coefficient(int bits) {
    int mantissa = bits & 0xff8;
    int value =
        switch (bits >>> 12 & 7) {
          case 0 -> mantissa << 4;
          case 1 -> mantissa << 3;
          case 2 -> mantissa << 2;
          case 3 -> mantissa << 1;
          case 6 -> mantissa << 6;
          case 7 -> mantissa << 5;
          default -> 0;
        };
    return bits >>> 15 == 0 ? value : -value;
  }

  @Override
  public void apply(int[] colour) {
    long a = colour[0] + before[0];
    long b = colour[1] + before[1];
    long c = colour[2] + before[2];
    for (int i = 0; i < 3; i++) {
      long sum =
          coefficients[3 * i] * a + coefficients[3 * i + 1] * b + coefficients[3 * i + 2] * c;
      colour[i] = Math.clamp((sum + (1L << ONE_SHIFT - 1) >> ONE_SHIFT) + after[i], 0, Curve.FULL);
    }
  }
}
