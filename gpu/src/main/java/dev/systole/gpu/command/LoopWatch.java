package dev.systole.gpu.command;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Finds loops of commands that change nothing but time, and knows the memory on which a loop or a
 * wait depends: as long as nobody writes there, it will go on for ever. Storing what is there
 * already is no change, so that a loop that stores constants is found in its second round.
 */
public final class LoopWatch {
  private static final int OBSERVED_MAX = 8;

  private static final long NO_HEAD = -1;
  private static final long NO_WAIT = -1;

  private long head = NO_HEAD;
  private int headLevel;
  private boolean changes = true;
  private final long[] observed = new long[OBSERVED_MAX];
  private int observedCount;

  /** When the wait for an event of the display began, or {@link #NO_WAIT}. */
  private long waitNanos = NO_WAIT;

  LoopWatch() {}

  /** A command was executed that may do something else next time, or had an effect. */
  void changed() {
    changes = true;
  }

  /**
   * Parsing jumped back to {@code address} of a batch at {@code level}, or of the ring.
   *
   * @return whether it has been there, and nothing changed since
   */
  boolean closes(long address, int level) {
    if (address == head && level == headLevel && !changes) return true;
    head = address;
    headLevel = level;
    changes = false;
    observedCount = 0;
    return false;
  }

  /** The next round counts as the first. */
  public void forget() {
    head = NO_HEAD;
    changes = true;
    observedCount = 0;
  }

  /** In a loop: another round depends on the page of {@code address}. */
  void touch(long address, boolean ggtt) {
    if (head != NO_HEAD && !changes) observe(address, ggtt);
  }

  /** What happens next depends on the page of {@code address}. */
  void observe(long address, boolean ggtt) {
    long page = address & -Page.BYTES | (ggtt ? 1 : 0);
    for (int i = 0; i < observedCount; i++) if (observed[i] == page) return;
    if (observedCount == OBSERVED_MAX) changes = true;
    else observed[observedCount++] = page;
  }

  /** When the wait for an event of the display began: at {@code nowNanos} unless it has before. */
  long waitSinceNanos(long nowNanos) {
    if (waitNanos == NO_WAIT) waitNanos = nowNanos;
    return waitNanos;
  }

  /** The event has come, or the wait was left. */
  void endWait() {
    waitNanos = NO_WAIT;
  }

  /** Whether the wait or loop depends on memory; otherwise on a register, or on nothing. */
  public boolean observes() {
    return observedCount > 0;
  }

  /** Has the observed pages watched for writes. */
  public void watch(AddressSpace memory) {
    for (int i = 0; i < observedCount; i++) {
      memory.watch(observed[i] & -Page.BYTES, (observed[i] & 1) != 0);
    }
  }

  void save(StateSink sink) {
    sink.putLong(head);
    sink.putInt(headLevel);
    sink.putBoolean(changes);
    sink.putInt(observedCount);
    for (int i = 0; i < observedCount; i++) sink.putLong(observed[i]);
    sink.putLong(waitNanos);
  }

  void restore(StateSource source) {
    head = source.takeLong();
    headLevel = source.takeInt();
    changes = source.takeBoolean();
    observedCount = source.takeInt(OBSERVED_MAX, "number of observed pages");
    for (int i = 0; i < observedCount; i++) observed[i] = source.takeLong();
    waitNanos = source.takeLong();
  }
}
