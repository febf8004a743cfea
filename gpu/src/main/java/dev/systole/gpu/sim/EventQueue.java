package dev.systole.gpu.sim;

import java.util.Arrays;

/**
 * What hardware will do, ordered by time and, at one time, by when it was asked for. An event is
 * data, a target and an argument, so that the queue can be saved; nothing is allocated per event. A
 * binary heap over primitive arrays.
 */
public final class EventQueue {
  private static final int INITIAL_EVENTS = 16;
  private static final int EVENTS_MAX = 1 << 20;

  private long[] times = new long[INITIAL_EVENTS];
  private long[] sequences = new long[INITIAL_EVENTS];
  private long[] payloads = new long[INITIAL_EVENTS];
  private int size;
  private long nextSequence;

  /** An empty queue. */
  public EventQueue() {}

  /** Time of the first event, or {@link Long#MAX_VALUE} when there is none. */
  public long firstNanos() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Number of pending events. */
  public int size() {
    return size;
  }

  /** Adds an event behind those of the same time. */
  public void schedule(long timeNanos, int target, int argument) {
    if (size == times.length) grow();
    int hole = size++;
    long sequence = nextSequence++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (times[parent] <= timeNanos) break;
      move(parent, hole);
      hole = parent;
    }
    put(hole, timeNanos, sequence, payload(target, argument));
  }

  /** Removes the first event; {@link #target} and {@link #argument} take its value apart. */
  public long take() {
    long payload = payloads[0];
    removeAt(0);
    return payload;
  }

  /** Whom an event that {@link #take} returned is for. */
  public static int target(long event) {
    return (int) (event >>> 32);
  }

  /** What an event that {@link #take} returned says. */
  public static int argument(long event) {
    return (int) event;
  }

  /** Removes every event of {@code target}. */
  public void cancel(int target) {
    for (int i = 0; i < size; ) {
      if (target(payloads[i]) != target) i++;
      else i = removeAndRestart(i);
    }
  }

  /** Removes every event of {@code target} with that argument. */
  public void cancel(int target, int argument) {
    long payload = payload(target, argument);
    for (int i = 0; i < size; ) {
      if (payloads[i] != payload) i++;
      else i = removeAndRestart(i);
    }
  }

  /** What is moved into the hole may come from anywhere, so that all has to be looked at again. */
  private int removeAndRestart(int index) {
    removeAt(index);
    return 0;
  }

  /** Puts the events in the order in which they will be taken. */
  public void save(StateSink sink) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> before(a, b) ? -1 : 1);
    sink.putInt(size);
    for (int i : order) {
      sink.putLong(times[i]);
      sink.putLong(payloads[i]);
    }
  }

  /** Says which events there can be, so that a damaged state is found out. */
  @FunctionalInterface
  public interface Check {
    boolean isEvent(int target, int argument);
  }

  /**
   * Replaces the events by saved ones.
   *
   * @throws StateException when one lies before {@code nowNanos} or cannot be
   */
  public void restore(StateSource source, long nowNanos, Check check) {
    size = 0;
    nextSequence = 0;
    for (int left = source.takeInt(EVENTS_MAX, "number of events"); left > 0; left--) {
      long time = source.takeLong();
      long event = source.takeLong();
      if (time < nowNanos || !check.isEvent(target(event), argument(event))) {
        throw new StateException(
            "saved state: no event at %d ns can be for %d, %d"
                .formatted(time, target(event), argument(event)));
      }
      schedule(time, target(event), argument(event));
    }
  }

  private static long payload(int target, int argument) {
    return (long) target << 32 | argument & 0xffffffffL;
  }

  private void removeAt(int index) {
    int last = --size;
    if (index == last) return;
    int hole = siftDown(index, last);
    while (hole > 0 && before(last, (hole - 1) >>> 1)) {
      move((hole - 1) >>> 1, hole);
      hole = (hole - 1) >>> 1;
    }
    move(last, hole);
  }

  /** Moves the hole at {@code hole} down until the event at {@code last} fits in. */
  private int siftDown(int hole, int last) {
    while (true) {
      int child = 2 * hole + 1;
      if (child >= last) return hole;
      if (child + 1 < last && before(child + 1, child)) child++;
      if (before(last, child)) return hole;
      move(child, hole);
      hole = child;
    }
  }

  private boolean before(int a, int b) {
    return times[a] < times[b] || times[a] == times[b] && sequences[a] < sequences[b];
  }

  private void move(int from, int to) {
    put(to, times[from], sequences[from], payloads[from]);
  }

  private void put(int index, long time, long sequence, long payload) {
    times[index] = time;
    sequences[index] = sequence;
    payloads[index] = payload;
  }

  private void grow() {
    int capacity = 2 * size;
    times = Arrays.copyOf(times, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    payloads = Arrays.copyOf(payloads, capacity);
  }
}
