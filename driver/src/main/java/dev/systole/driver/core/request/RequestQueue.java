package dev.systole.driver.core.request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Requests that wait for a port: by priority, and in order within one. */
public final class RequestQueue {
  private final TreeMap<Integer, ArrayDeque<Request>> levels =
      new TreeMap<>(Comparator.reverseOrder());

  /** Queues behind all of its priority. */
  public void addLast(Request request) {
    level(request).addLast(request);
  }

  /** Puts a request back before all of its priority. */
  public void addFirst(Request request) {
    level(request).addFirst(request);
  }

  /** The next request, or null. */
  public Request peek() {
    return levels.isEmpty() ? null : levels.firstEntry().getValue().peekFirst();
  }

  /**
   * Takes a request out.
   *
   * @return whether it was queued
   */
  public boolean remove(Request request) {
    ArrayDeque<Request> level = levels.get(request.priority());
    if (level == null || !level.remove(request)) return false;
    if (level.isEmpty()) levels.remove(request.priority());
    return true;
  }

  /** Takes out every request that {@code condition} holds for, in order. */
  public List<Request> removeIf(Predicate<Request> condition) {
    List<Request> removed = all().stream().filter(condition).toList();
    removed.forEach(this::remove);
    return removed;
  }

  /** All requests in the order in which they would be taken. */
  public List<Request> all() {
    var requests = new ArrayList<Request>();
    levels.values().forEach(requests::addAll);
    return requests;
  }

  public boolean isEmpty() {
    return levels.isEmpty();
  }

  private ArrayDeque<Request> level(Request request) {
    return levels.computeIfAbsent(request.priority(), priority -> new ArrayDeque<>());
  }
}
