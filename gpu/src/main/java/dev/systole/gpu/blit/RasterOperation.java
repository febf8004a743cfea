package dev.systole.gpu.blit;

/**
 * The 256 operations on pattern, source and target: bit by bit, the operation's bit whose number
 * these three make, the pattern's the highest, is the result.
 */
final class RasterOperation {
  /** The source as it is. */
  static final int COPY = 0xcc;

  /** The pattern as it is. */
  static final int FILL = 0xf0;

  private RasterOperation() {}

  static boolean needsPattern(int operation) {
    return (operation >>> 4 & 0x0f) != (operation & 0x0f);
  }

  static boolean needsSource(int operation) {
    return (operation >>> 2 & 0x33) != (operation & 0x33);
  }

  /** Makes of each target what the operation makes of all three, where the mask allows. */
  static void apply(
      int operation, int[] pattern, int[] source, int[] target, int[] mask, int count) {
    int zeroes = bit(operation, 0);
    int s = bit(operation, 2);
    int p = bit(operation, 4);
    int ps = bit(operation, 6);
    int zeroesFlip = zeroes ^ bit(operation, 1);
    int sFlip = s ^ bit(operation, 3);
    int pFlip = p ^ bit(operation, 5);
    int psFlip = ps ^ bit(operation, 7);
    for (int i = 0; i < count; i++) {
      int t = target[i];
      int withoutSource = zeroes ^ t & zeroesFlip;
      int withSource = s ^ t & sFlip;
      int patternOnly = p ^ t & pFlip;
      int patternAndSource = ps ^ t & psFlip;
      int withoutPattern = withoutSource ^ source[i] & (withoutSource ^ withSource);
      int withPattern = patternOnly ^ source[i] & (patternOnly ^ patternAndSource);
      int result = withoutPattern ^ pattern[i] & (withoutPattern ^ withPattern);
      target[i] = t ^ (t ^ result) & mask[i];
    }
  }

  private static int bit(int operation, int number) {
    return -(operation >>> number & 1);
  }
}
