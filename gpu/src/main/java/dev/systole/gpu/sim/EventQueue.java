package dev.systole.gpu.sim;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What hardware will do, ordered by time and, at one time, by when it was asked for. An event is
 * data, a target and an argument, so that the queue can be saved; nothing is allocated per event.
 *
 * <p>A binary heap. An element is two neighbouring longs, the time and the sequence number with the
 * place of the event's payload below it; the earlier of two is found without a branch, which nobody
 * could predict.
 */
public final class EventQueue {
  private static final int INITIAL_EVENTS = 16;
  private static final int PLACE_BITS = 20;
  private static final int EVENTS_MAX = 1 << PLACE_BITS;

  private long[] heap = new long[2 * INITIAL_EVENTS];
  private long[] payloads = new long[INITIAL_EVENTS];

  /** From {@link #size} on the free places of {@link #payloads}. */
  private int[] places = new int[INITIAL_EVENTS];

  private int size;
  private long nextSequence;

  /** An empty queue. */
  public EventQueue() {
    Arrays.setAll(places, i -> i);
  }

  /** Time of the first event, or {@link Long#MAX_VALUE} when there is none. */
  public long firstNanos() {
    return size == 0 ? Long.MAX_VALUE : heap[0];
  }

  /** Number of pending events. */
  public int size() {
    return size;
  }

  /** Adds an event behind those of the same time. */
  public void schedule(long timeNanos, int target, int argument) {
    if (size == places.length) grow();
    int place = places[size];
    payloads[place] = payload(target, argument);
    int last = size++;
    siftUp(last, timeNanos, nextSequence++ << PLACE_BITS | place);
  }

  /** Removes the first event; {@link #target} and {@link #argument} take its value apart. */
  public long take() {
    long payload = payloadAt(0);
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
      if (target(payloadAt(i)) != target) i++;
      else i = removeAndRestart(i);
    }
  }

  /** Removes every event but those of {@code target}. */
  public void cancelAllBut(int target) {
    for (int i = 0; i < size; ) {
      if (target(payloadAt(i)) == target) i++;
      else i = removeAndRestart(i);
    }
  }

  /** Removes every event of {@code target} with that argument. */
  public void cancel(int target, int argument) {
    long payload = payload(target, argument);
    for (int i = 0; i < size; ) {
      if (payloadAt(i) != payload) i++;
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
    save(sink, _ -> true);
  }

  /** The same for those events alone whose target {@code wanted} accepts. */
  public void save(StateSink sink, IntPredicate wanted) {
    int[] order =
        IntStream.range(0, size)
            .filter(i -> wanted.test(target(payloadAt(i))))
            .boxed()
            .sorted((a, b) -> earlier(a, b) == a ? -1 : 1)
            .mapToInt(i -> i)
            .toArray();
    sink.putInt(order.length);
    for (int i : order) {
      sink.putLong(heap[2 * i]);
      sink.putLong(payloadAt(i));
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
    Arrays.setAll(places, i -> i);
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

  private long payloadAt(int index) {
    return payloads[place(index)];
  }

  private int place(int index) {
    return (int) heap[2 * index + 1] & EVENTS_MAX - 1;
  }

  /** Closes the hole at {@code index} with the last element, by way of the bottom of the heap. */
  private void removeAt(int index) {
    int last = --size;
    places[last] = place(index);
    int hole = index;
    for (int child = 2 * hole + 1; child < last; child = 2 * hole + 1) {
      int earlier = earlier(child, child + 1);
      heap[2 * hole] = heap[2 * earlier];
      heap[2 * hole + 1] = heap[2 * earlier + 1];
      hole = earlier;
    }
    if (hole < last) siftUp(hole, heap[2 * last], heap[2 * last + 1]);
  }

  /** Moves what is later than the element down, and puts it into the hole that this leaves. */
  private void siftUp(int from, long time, long sequence) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      long parentTime = heap[2 * parent];
      if (parentTime < time || parentTime == time && heap[2 * parent + 1] < sequence) break;
      heap[2 * hole] = parentTime;
      heap[2 * hole + 1] = heap[2 * parent + 1];
      hole = parent;
    }
    heap[2 * hole] = time;
    heap[2 * hole + 1] = sequence;
  }

  /** That of two elements that comes first; their differences cannot overflow. */
  private int earlier(int a, int b) {
    long difference = heap[2 * b] - heap[2 * a];
    if (difference == 0) difference = heap[2 * b + 1] - heap[2 * a + 1];
    return a + (b - a & (int) (difference >> Long.SIZE - 1));
  }

  private void grow() {
    if (size == EVENTS_MAX) throw new IllegalStateException("over " + EVENTS_MAX + " events");
    int capacity = 2 * size;
    heap = Arrays.copyOf(heap, 2 * capacity);
    payloads = Arrays.copyOf(payloads, capacity);
    places = Arrays.copyOf(places, capacity);
    for (int i = size; i < capacity; i++) places[i] = i;
  }
}
