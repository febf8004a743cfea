package dev.systole.driver.dxgk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * D3DKMT handles of one process: {@code index << 6 | unique << 30}. The unique part changes with
 * each use of a slot, so that a stale handle is found out (wddm.md 0, and part 10, item 11).
 */
final class HandleTable {
  private static final int INDEX_SHIFT = 6;
  private static final int INDEX_MASK = 0xff_ffff;
  private static final int UNIQUE_SHIFT = 30;
  private static final int UNIQUE_MAX = 3;
  private static final int GROWTH = 1024;
  private static final int FREE_MIN = 128;

  private static final class Slot {
    private Object object;
    private int unique = 1;
  }

  private final List<Slot> slots = new ArrayList<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  /** Gives an object a handle. */
  long insert(Object object) {
    if (free.size() <= FREE_MIN) grow();
    int index = free.poll();
    Slot slot = slots.get(index);
    slot.object = object;
    return (long) slot.unique << UNIQUE_SHIFT | (long) index << INDEX_SHIFT;
  }

  /** The object of a handle, or null when the handle is stale or names something else. */
  <T> T find(long handle, Class<T> type) {
    int index = (int) (handle >>> INDEX_SHIFT) & INDEX_MASK;
    if (index >= slots.size()) return null;
    Slot slot = slots.get(index);
    boolean same = handle == ((long) slot.unique << UNIQUE_SHIFT | (long) index << INDEX_SHIFT);
    return same && type.isInstance(slot.object) ? type.cast(slot.object) : null;
  }

  /** Makes a valid handle stale. */
  void remove(long handle) {
    int index = (int) (handle >>> INDEX_SHIFT) & INDEX_MASK;
    Slot slot = slots.get(index);
    slot.object = null;
    slot.unique = slot.unique == UNIQUE_MAX ? 1 : slot.unique + 1;
    free.add(index);
  }

  private void grow() {
    for (int i = 0; i < GROWTH; i++) {
      free.add(slots.size());
      slots.add(new Slot());
    }
  }
}
