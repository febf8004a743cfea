package dev.systole.driver.core.execlists;

import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.request.Priority;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.core.request.RequestQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine has to do, and in which order: requests that wait for a port, requests that the
 * hardware has, requests that are held back. Knows the rules of i915-kernel.md 2.5, nothing of
 * hardware.
 */
final class Runlist {
  private final Scheduling scheduling;

  /** What waits for a port. */
  private final RequestQueue queue = new RequestQueue();

  /** What was given to the hardware and is not seen done, in order of execution. */
  private final List<Request> submitted = new ArrayList<>();

  /** What is kept back while a capture needs it, in order. */
  private final List<Request> held = new ArrayList<>();

  private int holds;

  Runlist(Scheduling scheduling) {
    this.scheduling = scheduling;
  }

  /** Queues a request, or holds it when what it depends on is held. */
  void add(Request request) {
    if (held.stream().anyMatch(before -> dependsOn(request, before))) {
      held.add(request);
    } else {
      queue.addLast(request);
    }
  }

  /** Changes the priority of a request, wherever it is. */
  void reschedule(Request request, int priority) {
    boolean queued = queue.remove(request);
    request.setPriority(priority);
    if (queued) queue.addLast(request);
  }

  /** The request that is next, or null. */
  Request next() {
    return queue.peek();
  }

  /** Moves a queued request to those that the hardware has. */
  void give(Request request) {
    queue.remove(request);
    submitted.add(request);
    request.markGiven();
  }

  /** Forgets what the hardware has finished. */
  void forgetDone() {
    submitted.removeIf(Request::done);
  }

  boolean isEmpty() {
    return queue.isEmpty() && held.isEmpty() && submitted.isEmpty();
  }

  /** Whether something must take the place of {@code running} at once. */
  boolean mustPreempt(Request running) {
    // Work below normal priority never preempts (i915: effective_prio).
    int bar = Math.max(running.priority(), Priority.NORMAL - 1);
    Request next = queue.peek();
    if (next != null && next.priority() > bar) return true;
    return submitted.stream().anyMatch(r -> r.context() != running.context() && r.priority() > bar);
  }

  /** Whether something else could run in a time slice of its own. */
  boolean hasAlternative(Request running) {
    if (running.done()) return false;
    return switch (scheduling) {
      case CORE -> !queue.isEmpty() || submitted.stream().anyMatch(r -> r != running && !r.done());
      case OPERATING_SYSTEM -> !running.context().ofKernel() && kernelWaits(running.priority());
    };
  }

  /** Among the packets of an operating system only the kernel's own requests get a slice. */
  private boolean kernelWaits(int priority) {
    Request next = queue.peek();
    if (next != null && next.context().ofKernel() && next.priority() >= priority) return true;
    return submitted.stream()
        .anyMatch(r -> r.context().ofKernel() && r.priority() >= priority && !r.done());
  }

  /** Takes everything unfinished back into the queue, before the others of its priority. */
  List<Request> unwind() {
    forgetDone();
    var unfinished = List.copyOf(submitted);
    submitted.clear();
    unfinished.reversed().forEach(queue::addFirst);
    return unfinished;
  }

  /** After {@link #unwind}: moves what ran behind the others of its priority. */
  void defer(Request running) {
    int priority = running.priority();
    List<Request> behind =
        queue.removeIf(r -> r.priority() == priority && (r == running || dependsOn(r, running)));
    behind.forEach(queue::addLast);
  }

  /**
   * Keeps back a request that hangs, and all behind it that depends on it. It may be in the queue
   * again, if it was to give way and did not.
   */
  List<Request> hold(Request request) {
    var order = new ArrayList<>(submitted);
    order.addAll(queue.all());
    for (Request other : order.subList(Math.max(0, order.indexOf(request)), order.size())) {
      if (other == request || dependsOn(other, request)) held.add(other);
    }
    holds++;
    submitted.removeAll(held);
    held.forEach(queue::remove);
    return List.copyOf(held);
  }

  /** Ends one {@link #hold}; after the last, what is held goes before the others again. */
  List<Request> unhold() {
    if (--holds > 0) return List.of();
    var released = List.copyOf(held);
    held.clear();
    released.reversed().forEach(queue::addFirst);
    return released;
  }

  /** Takes everything out, in order. */
  List<Request> drain() {
    var all = new ArrayList<>(submitted);
    all.addAll(held);
    all.addAll(queue.removeIf(r -> true));
    submitted.clear();
    held.clear();
    return all;
  }

  /**
   * Whether {@code later} must not run before {@code earlier}: requests of one context run in their
   * order, and so do all packets of an operating system.
   */
  private boolean dependsOn(Request later, Request earlier) {
    if (later == earlier) return false;
    return switch (scheduling) {
      case CORE -> later.context() == earlier.context();
      case OPERATING_SYSTEM -> later.context().ofKernel() == earlier.context().ofKernel();
    };
  }
}
