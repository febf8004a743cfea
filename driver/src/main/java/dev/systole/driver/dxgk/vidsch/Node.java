package dev.systole.driver.dxgk.vidsch;

import dev.systole.driver.cpu.BugCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A node: what the hardware has in hand, and the contexts that want it next. */
final class Node {
  private final int ordinal;
  private final ArrayDeque<Packet.Dma> inHardware = new ArrayDeque<>();
  private final List<SchedulingContext> contexts = new ArrayList<>();

  /** The last id given and the last id reported; ids are unsigned, start at 1 and skip 0. */
  private int lastFenceId;

  private int reportedFenceId;

  /** Where the next search begins, so that contexts take turns. */
  private int turn;

  Node(int ordinal) {
    this.ordinal = ordinal;
  }

  int ordinal() {
    return ordinal;
  }

  List<SchedulingContext> contexts() {
    return contexts;
  }

  ArrayDeque<Packet.Dma> inHardware() {
    return inHardware;
  }

  void remove(SchedulingContext context) {
    int index = contexts.indexOf(context);
    contexts.remove(index);
    if (index < turn) turn--;
  }

  int nextFenceId() {
    lastFenceId = lastFenceId == -1 ? 1 : lastFenceId + 1;
    return lastFenceId;
  }

  /** Checks that a report is newer than the last one and not of the future. */
  void report(int fenceId) {
    if (fenceId - reportedFenceId <= 0 || lastFenceId - fenceId < 0) {
      throw new BugCheck(
          "0x119 (1): node %d reports fence %d after %d, %d was submitted last"
              .formatted(ordinal, fenceId, reportedFenceId, lastFenceId));
    }
    reportedFenceId = fenceId;
  }

  /** The context whose turn it is among those that {@code ready} accepts; null if there is none. */
  SchedulingContext pick(Predicate<SchedulingContext> ready) {
    for (SchedulingContext context : contexts) {
      if (context.paging() && ready.test(context)) return context;
    }
    for (int i = 0; i < contexts.size(); i++) {
      int index = (turn + i) % contexts.size();
      if (!ready.test(contexts.get(index))) continue;
      turn = index + 1;
      return contexts.get(index);
    }
    return null;
  }
}
