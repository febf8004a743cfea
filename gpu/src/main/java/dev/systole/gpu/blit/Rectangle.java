package dev.systole.gpu.blit;

/** Pixels from a left top corner to a right bottom one, which is outside. */
public final class Rectangle {
  private int left;
  private int top;
  private int right;
  private int bottom;

  Rectangle() {}

  /** Sets the corners, given as two dwords of a command: signed y above signed x. */
  public void set(int leftTop, int rightBottom) {
    left = (short) leftTop;
    top = leftTop >> 16;
    right = (short) rightBottom;
    bottom = rightBottom >> 16;
  }

  /** A single pixel. */
  public void setPixel(int leftTop) {
    left = (short) leftTop;
    top = leftTop >> 16;
    right = left + 1;
    bottom = top + 1;
  }

  /** Leaves what also lies in another rectangle, given likewise. */
  public void clip(int leftTop, int rightBottom) {
    left = Math.max(left, (short) leftTop);
    top = Math.max(top, leftTop >> 16);
    right = Math.min(right, (short) rightBottom);
    bottom = Math.min(bottom, rightBottom >> 16);
  }

  /** Moves it. */
  public void shift(int right, int down) {
    left += right;
    this.right += right;
    top += down;
    bottom += down;
  }

  /** How many pixels it has; none when its corners are not in order. */
  public long pixels() {
    return (long) width() * rows();
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int right() {
    return right;
  }

  int bottom() {
    return bottom;
  }

  int width() {
    return Math.max(right - left, 0);
  }

  int rows() {
    return Math.max(bottom - top, 0);
  }
}
