package dev.systole.gpu.display;

/** A step of a colour's way from memory to the port. */
sealed interface ColourStage permits Curve, ColourMatrix {
  /** Changes red, green and blue, each 0 to {@link Curve#FULL}. */
  void apply(int[] colour);
}
