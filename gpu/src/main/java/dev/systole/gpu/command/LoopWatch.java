package dev.systole.gpu.command;

import dev.systole.gpu.memory.AddressSpace;
import dev.systole.gpu.memory.Page;
import dev.systole.gpu.sim.StateSink;
import dev.systole.gpu.sim.StateSource;

/**
 * Finds loops of commands that change nothing but time, and knows the memory on which a loop or a
 * wait depends: as long as nobody writes there, it will go on for ever.
 */
final class LoopWatch {
  private static final int OBSERVED_MAX = 8;

  private long head;
  private boolean changes = true;
  private final long[] observed = new long[OBSERVED_MAX];
  private int observedCount;

  /** A command was executed that may do something else next time, or had an effect. */
  void changed() {
    changes = true;
  }

  /**
   * Parsing jumped back to {@code address}.
   *
   * @return whether it has been there, and nothing changed since
   */
  boolean closes(long address) {
    if (address == head && !changes) return true;
    head = address;
    changes = false;
    observedCount = 0;
    return false;
  }

  /** The next round counts as the first. */
  void forget() {
    head = 0;
    changes = true;
    observedCount = 0;
  }

  /** What happens next depends on the page of {@code address}. */
  void observe(long address, boolean ggtt) {
    long page = address & -Page.BYTES | (ggtt ? 1 : 0);
    for (int i = 0; i < observedCount; i++) if (observed[i] == page) return;
    if (observedCount == OBSERVED_MAX) changes = true;
    else observed[observedCount++] = page;
  }

  /** Whether memory was observed. */
  boolean observes() {
    return observedCount > 0;
  }

  /** Has the observed pages watched for writes. */
  void watch(AddressSpace memory) {
    for (int i = 0; i < observedCount; i++) {
      memory.watch(observed[i] & -Page.BYTES, (observed[i] & 1) != 0);
    }
  }

  void save(StateSink sink) {
    sink.putLong(head);
    sink.putBoolean(changes);
    sink.putInt(observedCount);
    for (int i = 0; i < observedCount; i++) sink.putLong(observed[i]);
  }

  void restore(StateSource source) {
    head = source.takeLong();
    changes = source.takeBoolean();
    observedCount = source.takeInt(OBSERVED_MAX, "number of observed pages");
    for (int i = 0; i < observedCount; i++) observed[i] = source.takeLong();
  }
}
