package dev.systole.driver.dxgk;

/** Makes Dxgkrnl's own kernel handles: a serial per type, never an address (item 12). */
final class KernelHandles {
  static final int OTHER = 0;
  static final int ADAPTER = 1;
  static final int DEVICE = 3;
  static final int PROCESS = 12;

  private static final long BASE = 0xffff_8000_0000_0000L;
  private static final int TYPE_SHIFT = 32;
  private static final int STEP = 16;
  private static final int TYPES = 32;

  private final int[] serials = new int[TYPES];

  long next(int type) {
    return BASE + ((long) type << TYPE_SHIFT) + (long) STEP * ++serials[type];
  }
}
