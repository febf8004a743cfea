package dev.systole.gpu.naive;

import java.util.random.RandomGenerator;

/**
 * The data that random commands work on, as they address it: the same bytes behind pages of three
 * sizes and behind the GGTT.
 *
 * @param bus where it lies in memory
 */
public record DataWindows(long bus, long smallPages, long bigPages, long hugePage, int ggtt) {
  /** Numbers, which commands read and write. */
  static final int WORDS_BYTES = 0x4000;

  /** Where time stamps go: what stands there is not compared. */
  public static final int CLOCKS = 0x8000;

  /** Behind the clocks. */
  public static final int CLOCKS_END = 0x9000;

  /** Two pictures for blits, one behind the other. */
  static final int PICTURES = 0x1_0000;

  static final int PICTURE_BYTES = 0x1_0000;

  /** What each context has of the GGTT: its data and, from half on, entries to be set. */
  public static final int GGTT_BYTES = 0x8_0000;

  /** Size of the whole. */
  public static final int SIZE_BYTES = 0x3_0000;

  /** An address through one of the windows of the page tables. */
  long address(RandomGenerator random, int offset) {
    return offset
        + switch (random.nextInt(3)) {
          case 0 -> smallPages;
          case 1 -> bigPages;
          default -> hugePage;
        };
  }
}
