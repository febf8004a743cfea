package dev.systole.driver.door;

/**
 * Makes kernel handles: a serial per object type, never an address (wddm.md part 10, item 12). The
 * types are numbered as in handle tables; what has no number there is {@link #OTHER}.
 */
public final class HandleMaker {
  public static final int OTHER = 0;
  public static final int ADAPTER = 1;
  public static final int DEVICE = 3;
  public static final int ALLOCATION = 5;
  public static final int CONTEXT = 7;
  public static final int PROCESS = 12;

  private static final long BASE = 0xffff_8000_0000_0000L;
  private static final int TYPE_SHIFT = 32;
  private static final int STEP = 16;

  private final int[] serials = new int[PROCESS + 1];

  /** No handle was made yet. */
  public HandleMaker() {}

  /** The next value for an object of a type. */
  public long next(int type) {
    return BASE + ((long) type << TYPE_SHIFT) + (long) STEP * ++serials[type];
  }
}
