package dev.systole.gpu.door;

import java.util.Arrays;

/**
 * What a pipe sends to its port.
 *
 * @param width,height in pixels
 * @param argb a row after the other, from the top left; 0xffRRGGBB
 */
public record Picture(int width, int height, int[] argb) {
  /**
   * Copies the pixels.
   *
   * @throws IllegalArgumentException when there are not width × height of them
   */
  public Picture {
    if (width < 0 || height < 0 || argb.length != width * height) {
      throw new IllegalArgumentException(argb.length + " pixels of " + width + " by " + height);
    }
    argb = argb.clone();
  }

  @Override
  public int[] argb() {
    return argb.clone();
  }

  /** The colour at a place, as 0xffRRGGBB. */
  public int pixel(int x, int y) {
    return argb[y * width + x];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && width == picture.width
        && Arrays.equals(argb, picture.argb);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(argb);
  }

  @Override
  public String toString() {
    return "Picture[" + width + " by " + height + "]";
  }
}
