package dev.systole.gpu.blit;

import static dev.systole.gpu.blit.RasterOperation.COPY;
import static dev.systole.gpu.blit.RasterOperation.FILL;

import dev.systole.gpu.memory.AddressSpace;
import java.util.Arrays;

/**
 * What draws a rectangle into a target. Its parts are set one after the other, then {@link #draw}
 * draws; pictures that lie on one another are drawn as if through a buffer.
 */
public final class Raster {
  private static final int CHUNK_PIXELS = 1024;

  private enum Source {
    NONE,
    PICTURE,
    BITS
  }

  private final Mover mover;
  private final Surface target = new Surface();
  private final Surface source = new Surface();
  private final Rectangle area = new Rectangle();
  private final Brush brush = new Brush();
  private final MonochromeSource monochrome = new MonochromeSource();

  private Depth depth = Depth.BITS_32;
  private int operation;
  private int writeMask;
  private Source from = Source.NONE;

  /** From a place in the target to that in the source. */
  private int sourceShiftX;

  private int sourceShiftY;

  private ColorKey key = ColorKey.NONE;
  private int keyLow;
  private int keyHigh;

  private final byte[] bytes = new byte[CHUNK_PIXELS * Integer.BYTES];
  private final int[] sourcePixels = new int[CHUNK_PIXELS];
  private final int[] patternPixels = new int[CHUNK_PIXELS];
  private final int[] targetPixels = new int[CHUNK_PIXELS];
  private final int[] mask = new int[CHUNK_PIXELS];

  /** Draws into pictures that lie in {@code memory}, addressed through page tables. */
  public Raster(AddressSpace memory) {
    mover = new Mover(memory);
  }

  /** The picture that is drawn into. */
  public Surface target() {
    return target;
  }

  /** A picture in colours to draw from. */
  public Surface source() {
    return source;
  }

  /** What is drawn of the target. */
  public Rectangle area() {
    return area;
  }

  /** The pattern. */
  public Brush brush() {
    return brush;
  }

  /** A source of bits. */
  public MonochromeSource monochrome() {
    return monochrome;
  }

  /**
   * Begins another drawing: with no source and a black pattern, whose operands are zeroes, and
   * without a colour key.
   *
   * @param mask which bits of a pixel are written
   */
  public void begin(Depth pixels, int rasterOperation, int mask) {
    depth = pixels;
    operation = rasterOperation;
    writeMask = mask;
    key = ColorKey.NONE;
    from = Source.NONE;
    brush.setSolid(0);
  }

  /** Draws from the source: the target's pixel (left, top) comes from (x, y) there. */
  public void drawFromPicture(int x, int y, int left, int top) {
    from = Source.PICTURE;
    sourceShiftX = x - left;
    sourceShiftY = y - top;
  }

  /** Draws from the source of bits, the first of which is that of the pixel (left, top). */
  public void drawFromBits(int left, int top) {
    from = Source.BITS;
    sourceShiftX = -left;
    sourceShiftY = -top;
  }

  /** Draws only pixels that a colour key lets through. */
  public void setKey(ColorKey colorKey, int low, int high) {
    key = colorKey;
    keyLow = low;
    keyHigh = high;
  }

  /** Draws. */
  public void draw() {
    if (area.pixels() == 0 || !target.isDrawable()) return;
    boolean plain = writeMask == -1 && key == ColorKey.NONE && !brush.isTransparent();
    if (plain && operation == FILL && brush.isSolid() && from != Source.BITS) {
      fill(brush.color(), 0, depth.bytes());
    } else if (plain && operation == COPY && from == Source.PICTURE && !overlaps()) {
      copy(depth.bytes());
    } else {
      drawRows();
    }
  }

  /** Fills the area with a pixel of up to 16 bytes. */
  public void fill(long low, long high, int bytesPerPixel) {
    if (!target.isDrawable()) return;
    mover.setPixel(low, high, bytesPerPixel);
    mover.fill(
        target,
        area.left() * bytesPerPixel,
        area.top(),
        area.width() * bytesPerPixel,
        area.rows(),
        bytesPerPixel);
  }

  /** Copies the area from the source, which must not overlap it. */
  public void copy(int bytesPerPixel) {
    if (!target.isDrawable() || !source.isDrawable()) return;
    mover.copy(
        source,
        (area.left() + sourceShiftX) * bytesPerPixel,
        area.top() + sourceShiftY,
        target,
        area.left() * bytesPerPixel,
        area.top(),
        area.width() * bytesPerPixel,
        area.rows());
  }

  private boolean overlaps() {
    return source.sameBase(target)
        && Math.abs(sourceShiftX) < area.width()
        && Math.abs(sourceShiftY) < area.rows();
  }

  /** Row by row, from the side where the source is not overwritten before it is read. */
  private void drawRows() {
    boolean fromPicture = from == Source.PICTURE;
    if (fromPicture && !source.isDrawable()) return;
    boolean upwards = fromPicture && sourceShiftY < 0;
    boolean leftwards = fromPicture && sourceShiftY == 0 && sourceShiftX < 0;
    int chunks = (area.width() + CHUNK_PIXELS - 1) / CHUNK_PIXELS;
    for (int i = 0; i < area.rows(); i++) {
      int y = upwards ? area.bottom() - 1 - i : area.top() + i;
      for (int j = 0; j < chunks; j++) {
        int left = area.left() + (leftwards ? chunks - 1 - j : j) * CHUNK_PIXELS;
        drawChunk(left, y, Math.min(CHUNK_PIXELS, area.right() - left));
      }
    }
  }

  private void drawChunk(int left, int y, int count) {
    Arrays.fill(mask, 0, count, writeMask);
    loadSource(left, y, count);
    if (RasterOperation.needsPattern(operation) || brush.isTransparent()) {
      brush.row(left, y, patternPixels, mask, count);
    }
    mover.read(target, left * depth.bytes(), y, bytes, 0, count * depth.bytes());
    depth.unpack(bytes, targetPixels, count);
    if (key != ColorKey.NONE) {
      int[] compared = key.looksAtSource() ? sourcePixels : targetPixels;
      key.apply(compared, mask, count, depth, keyLow, keyHigh);
    }
    RasterOperation.apply(operation, patternPixels, sourcePixels, targetPixels, mask, count);
    depth.pack(targetPixels, bytes, count);
    mover.write(target, left * depth.bytes(), y, bytes, 0, count * depth.bytes());
  }

  private void loadSource(int left, int y, int count) {
    int x = left + sourceShiftX;
    int row = y + sourceShiftY;
    switch (from) {
      case NONE -> Arrays.fill(sourcePixels, 0, count, 0);
      case BITS -> monochrome.row(x, row, sourcePixels, mask, count);
      case PICTURE -> {
        mover.read(source, x * depth.bytes(), row, bytes, 0, count * depth.bytes());
        depth.unpack(bytes, sourcePixels, count);
      }
    }
  }
}
