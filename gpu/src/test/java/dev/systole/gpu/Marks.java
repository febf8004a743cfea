package dev.systole.gpu;

/** Commands that leave a mark each, so that one sees how many were executed. */
final class Marks {
  private static final int STORE_DWORD = 0x10000002;
  private static final int COUNT = 10;

  private Marks() {}

  /** Ten commands of four dwords, each of which stores 1 in the next dword of {@code target}. */
  static int[] of(PageTables.Buffer target) {
    int[] commands = new int[4 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      commands[4 * i] = STORE_DWORD;
      commands[4 * i + 1] = target.low() + 4 * i;
      commands[4 * i + 2] = target.high();
      commands[4 * i + 3] = 1;
    }
    return commands;
  }

  /** How many of them were executed. */
  static int seen(GpuFixture fixture, PageTables.Buffer target) {
    int seen = 0;
    for (int i = 0; i < COUNT; i++) seen += fixture.load(target.bus() + 4 * i);
    return seen;
  }
}
