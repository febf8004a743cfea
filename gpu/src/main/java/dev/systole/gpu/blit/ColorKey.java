package dev.systole.gpu.blit;

/** Which pixels a colour key lets through (programmer's reference: Transparency Range Mode). */
public enum ColorKey {
  /** All. */
  NONE,
  /** Those whose source is outside the range; alpha does not count. */
  SOURCE_RGB,
  /** Those whose source is outside the range. */
  SOURCE_ARGB,
  /** Those whose target was inside the range. */
  TARGET_ARGB,
  /** Those whose target was inside the range; alpha does not count. */
  TARGET_RGB;

  /** Whether the key compares the source, which has to be one then. */
  public boolean looksAtSource() {
    return this == SOURCE_RGB || this == SOURCE_ARGB;
  }

  /** Takes what the key holds back out of the mask. */
  void apply(int[] pixels, int[] mask, int count, Depth depth, int low, int high) {
    boolean withAlpha = this == SOURCE_ARGB || this == TARGET_ARGB;
    boolean heldBack = looksAtSource();
    for (int i = 0; i < count; i++) {
      if (depth.isBetween(pixels[i], low, high, withAlpha) == heldBack) mask[i] = 0;
    }
  }
}
