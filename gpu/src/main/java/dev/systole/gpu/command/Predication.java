package dev.systole.gpu.command;

/** What lets commands do nothing: MI_SET_PREDICATE and MI_PREDICATE. */
public final class Predication {
  private static final int STATE_SHIFT = 8;
  private static final int NOOP_MODE_MASK = 0xf;

  /** Operand of MI_SET_PREDICATE; 0: commands are executed. */
  int noopMode;

  /** STATE of MI_PREDICATE. */
  boolean state;

  Predication() {}

  void clear() {
    set(0);
  }

  /** Both as one number, for a context's image. */
  public int get() {
    return noopMode | (state ? 1 << STATE_SHIFT : 0);
  }

  /** Takes back what {@link #get} gave. */
  public void set(int value) {
    noopMode = value & NOOP_MODE_MASK;
    state = (value & 1 << STATE_SHIFT) != 0;
  }
}
