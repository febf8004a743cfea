package dev.systole.gpu.display;

/** A rectangle of a picture that another one is fitted into. */
record Window(int x, int y, int width, int height) {
  /** The column of a source of {@code sourceWidth} that lies under column {@code at} of this. */
  int sourceColumn(int at, int sourceWidth) {
    return nearest(at - x, width, sourceWidth);
  }

  /** The row of a source of {@code sourceHeight} that lies under row {@code at} of this. */
  int sourceRow(int at, int sourceHeight) {
    return nearest(at - y, height, sourceHeight);
  }

  /** The column behind the last one, at most {@code limit}. */
  int right(int limit) {
    return Math.min(x + width, limit);
  }

  /** The row behind the last one, at most {@code limit}. */
  int bottom(int limit) {
    return Math.min(y + height, limit);
  }

  /** The pixel of the source under the middle of one of the target. */
  private static int nearest(int at, int size, int sourceSize) {
    return size == sourceSize ? at : (int) ((2L * at + 1) * sourceSize / (2L * size));
  }
}
