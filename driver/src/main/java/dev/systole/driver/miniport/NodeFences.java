package dev.systole.driver.miniport;

import java.util.ArrayDeque;
import java.util.OptionalInt;

/** Fence ids of a node that the hardware has in hand: they are reported in order. */
final class NodeFences {
  /** A packet that was submitted. */
  static final class Entry {
    private final int fenceId;
    private boolean done;

    private Entry(int fenceId) {
      this.fenceId = fenceId;
    }
  }

  private final ArrayDeque<Entry> inHardware = new ArrayDeque<>();

  Entry add(int fenceId) {
    var entry = new Entry(fenceId);
    inHardware.add(entry);
    return entry;
  }

  /** The newest id of which all are done, unless an older packet still runs. */
  OptionalInt complete(Entry entry) {
    entry.done = true;
    OptionalInt newest = OptionalInt.empty();
    while (!inHardware.isEmpty() && inHardware.peek().done) {
      newest = OptionalInt.of(inHardware.poll().fenceId);
    }
    return newest;
  }
}
