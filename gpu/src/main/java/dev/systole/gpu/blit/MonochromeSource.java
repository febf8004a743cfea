package dev.systole.gpu.blit;

/** A source of one bit for each pixel, which becomes foreground or background colour. */
public final class MonochromeSource {
  /** Where the bits come from. */
  public interface Bits {
    /** Byte {@code index} of the source; its highest bit is on the left. */
    int byteAt(long index);
  }

  /** How the rows of a source follow one another. */
  public enum Packing {
    /** Bit after bit. */
    BIT(1),
    /** Each row begins with a byte. */
    BYTE(8),
    /** Each row begins with a word. */
    WORD(16);

    private final int unitBits;

    Packing(int unitBits) {
      this.unitBits = unitBits;
    }
  }

  private Bits bits;
  private int firstBit;
  private long rowBits;
  private int background;
  private int foreground;
  private boolean transparent;

  MonochromeSource() {}

  /**
   * Describes another source.
   *
   * @param firstBit the place of each row's first pixel in its first byte
   * @param width pixels of a row, before clipping
   */
  public void set(Bits bits, Packing packing, int firstBit, int width) {
    this.bits = bits;
    this.firstBit = firstBit;
    int unit = packing.unitBits;
    rowBits = (firstBit + (long) width + unit - 1) / unit * unit;
  }

  /** The colours; a transparent background is not drawn. */
  public void setColors(int background, int foreground, boolean transparent) {
    this.background = background;
    this.foreground = foreground;
    this.transparent = transparent;
  }

  /** Pixels of a row, and nothing in the mask where they are transparent. */
  void row(int left, int y, int[] pixels, int[] mask, int count) {
    long first = y * rowBits + firstBit + left;
    for (int i = 0; i < count; i++) {
      long bit = first + i;
      boolean on = (bits.byteAt(bit >> 3) >>> 7 - (int) (bit & 7) & 1) != 0;
      pixels[i] = on ? foreground : background;
      if (transparent && !on) mask[i] = 0;
    }
  }
}
