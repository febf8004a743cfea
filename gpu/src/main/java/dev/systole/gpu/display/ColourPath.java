package dev.systole.gpu.display;

import static dev.systole.spec.gen12.DisplayRegisters.*;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps that the colours of a plane, or of the whole picture, go through. Pictures have few
 * colours beside each other: the last one is remembered.
 */
final class ColourPath {
  /** Planes 1 to 3 take their conversion from YCbCr from registers, the others have three. */
  private static final int HDR_PLANES = 3;

  private static final int OPAQUE = 0xff000000;

  private final List<ColourStage> stages;
  private final int[] colour = new int[3];
  private int lastInput;
  private int lastOutput;

  private ColourPath(List<ColourStage> stages) {
    this.stages = stages;
    lastOutput = compute(0);
  }

  /** Of a plane. */
  static ColourPath ofPlane(Latched latched, ColourTables tables, int plane) {
    int control = latched.plane(plane, PLANE_COLOR_CTL);
    var stages = new ArrayList<ColourStage>();
    if (plane >= HDR_PLANES) {
      switch (control & PLANE_COLOR_CTL_CSC_MODE_MASK) {
        case PLANE_COLOR_CTL_CSC_MODE_YUV601_TO_RGB601 -> stages.add(ColourMatrix.BT601);
        case PLANE_COLOR_CTL_CSC_MODE_YUV709_TO_RGB709 -> stages.add(ColourMatrix.BT709);
        case PLANE_COLOR_CTL_CSC_MODE_YUV2020_TO_RGB2020 -> stages.add(ColourMatrix.BT2020);
        default -> {}
      }
    } else if ((control & PLANE_COLOR_CTL_INPUT_CSC_ENABLE) != 0) {
      stages.add(planeMatrix(latched, plane, PLANE_INPUT_CSC_COEFF_RY_GY));
    }
    if ((control & PLANE_COLOR_CTL_PRE_CSC_GAMMA_ENABLE) != 0) {
      stages.add(tables.beforePlane(plane));
    }
    if ((control & PLANE_COLOR_CTL_CSC_ENABLE) != 0) {
      stages.add(planeMatrix(latched, plane, PLANE_CSC_COEFF_RY_GY));
    }
    if ((control & PLANE_COLOR_CTL_GAMMA_DISABLE) == 0) stages.add(tables.afterPlane(plane));
    return new ColourPath(stages);
  }

  private static ColourMatrix planeMatrix(Latched latched, int plane, int first) {
    return ColourMatrix.of(
        offset -> latched.plane(plane, first + offset),
        PLANE_CSC_PREOFF_HI - PLANE_CSC_COEFF_RY_GY,
        PLANE_CSC_POSTOFF_HI - PLANE_CSC_COEFF_RY_GY);
  }

  /** Of the whole picture. */
  static ColourPath ofPipe(Latched latched, ColourTables tables) {
    int gamma = latched.gammaMode();
    int conversion = latched.conversion(PIPE_CSC_MODE);
    var stages = new ArrayList<ColourStage>();
    if ((gamma & GAMMA_MODE_PRE_CSC_GAMMA_ENABLE) != 0) stages.add(tables.before());
    if ((conversion & PIPE_CSC_MODE_CSC_ENABLE) != 0) {
      stages.add(
          ColourMatrix.of(
              offset -> latched.conversion(PIPE_CSC_COEFF_RY_GY + offset),
              PIPE_CSC_PREOFF_HI - PIPE_CSC_COEFF_RY_GY,
              PIPE_CSC_POSTOFF_HI - PIPE_CSC_COEFF_RY_GY));
    }
    if ((gamma & GAMMA_MODE_POST_CSC_GAMMA_ENABLE) != 0) stages.add(tables.after(gamma));
    if ((conversion & PIPE_CSC_MODE_OUTPUT_CSC_ENABLE) != 0) {
      stages.add(
          ColourMatrix.of(
              offset -> latched.conversion(PIPE_OUTPUT_CSC_COEFF_RY_GY + offset),
              PIPE_OUTPUT_CSC_PREOFF_HI - PIPE_OUTPUT_CSC_COEFF_RY_GY,
              PIPE_OUTPUT_CSC_POSTOFF_HI - PIPE_OUTPUT_CSC_COEFF_RY_GY));
    }
    return new ColourPath(stages);
  }

  /** What becomes of a colour; its alpha stays. */
  int apply(int argb) {
    if (stages.isEmpty()) return argb;
    int input = argb & ~OPAQUE;
    if (input != lastInput) {
      lastInput = input;
      lastOutput = compute(input);
    }
    return argb & OPAQUE | lastOutput;
  }

  private int compute(int rgb) {
    for (int i = 0; i < colour.length; i++) colour[i] = (rgb >>> 16 - 8 * i & 0xff) * 0x101;
    for (ColourStage stage : stages) stage.apply(colour);
    int result = 0;
    for (int channel : colour)
      result = result << 8 | (channel * 0xff + Curve.FULL / 2) / Curve.FULL;
    return result;
  }
}
