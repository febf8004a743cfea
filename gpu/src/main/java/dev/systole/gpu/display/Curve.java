package dev.systole.gpu.display;

/**
 * A table for each channel. Interpolated, its points are the ends of equal segments of the whole
 * range; else each is the colour of a step.
 */
final class Curve implements ColourStage {
  /** Full intensity: colours have 16 bits. */
  static final int FULL = 0xffff;

  private final int[][] points;
  private final boolean interpolated;

  Curve(int[][] points, boolean interpolated) {
    this.points = points;
    this.interpolated = interpolated;
  }

  @Override
  public void apply(int[] colour) {
    for (int channel = 0; channel < colour.length; channel++) {
      int[] table = points[channel];
      colour[channel] =
          interpolated
              ? between(table, colour[channel])
              : table[colour[channel] * table.length >>> 16];
    }
  }

  private static int between(int[] table, int value) {
    int scaled = value * (table.length - 1);
    int segment = Math.min(scaled / FULL, table.length - 2);
    int rest = scaled - segment * FULL;
    long rise = (long) (table[segment + 1] - table[segment]) * rest / FULL;
    return table[segment] + (int) rise;
  }
}
