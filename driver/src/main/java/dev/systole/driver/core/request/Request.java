package dev.systole.driver.core.request;

import dev.systole.driver.core.CompletionListener;
import dev.systole.driver.core.CoreRequest;

/**
 * A piece of work in the ring of a context, and its fence (i915: i915_request.c). Offsets are in
 * bytes from the start of the ring.
 */
public final class Request implements CoreRequest {
  private final GpuContext context;
  private final int seqno;
  private final CompletionListener listener;
  private final Batch batch;
  private int priority;
  private int head;
  private int infix;
  private int postfix;
  private int tail;
  private int workaroundTail;
  private int error;
  private boolean given;
  private boolean signalled;
  private boolean signalling;

  /**
   * The batch of a request.
   *
   * @param address GPU virtual address of its first command
   * @param lengthBytes its length
   */
  public record Batch(long address, int lengthBytes) {}

  Request(GpuContext context, int seqno, int priority, Batch batch, CompletionListener listener) {
    this.context = context;
    this.seqno = seqno;
    this.priority = priority;
    this.batch = batch;
    this.listener = listener;
  }

  /** Writes the request into the ring (i915-kernel.md 4.4). */
  void emit(Ring ring, Emission emission, Timeline timeline) {
    head = ring.emitOffset();
    emission.emitInvalidate(ring);
    if (timeline.initialBreadcrumb()) {
      emission.emitInitialBreadcrumb(ring, timeline.address(), seqno - 1);
    }
    infix = ring.emitOffset();
    if (batch != null) emission.emitBatchStart(ring, batch.address());
    postfix = ring.emitOffset();
    emission.emitFinalBreadcrumb(ring, timeline.address(), seqno);
    tail = ring.emitOffset();
    emission.emitWorkaroundTail(ring);
    workaroundTail = ring.emitOffset();
  }

  @Override
  public GpuContext context() {
    return context;
  }

  @Override
  public int seqno() {
    return seqno;
  }

  public int priority() {
    return priority;
  }

  public void setPriority(int priority) {
    this.priority = priority;
  }

  /** Its batch, or null when it has only breadcrumbs. */
  public Batch batch() {
    return batch;
  }

  public int head() {
    return head;
  }

  /** Where its final breadcrumb begins. */
  public int postfix() {
    return postfix;
  }

  /** Where it ends: what the next submission writes to TAIL. */
  public int tail() {
    return tail;
  }

  /** The tail to submit now; submitting it again moves TAIL by the workaround's two dwords. */
  public int takeTail() {
    int current = tail;
    tail = workaroundTail;
    return current;
  }

  int end() {
    return workaroundTail;
  }

  /** Whether the GPU has begun it. */
  public boolean started() {
    return Seqno.passed(context.timeline().current(), seqno - 1);
  }

  /** Whether the GPU has finished it, be its fence signalled yet or not. */
  public boolean done() {
    return signalled || Seqno.passed(context.timeline().current(), seqno);
  }

  @Override
  public boolean completed() {
    return signalled;
  }

  @Override
  public int error() {
    return error;
  }

  /**
   * Gives the request up: its fence will signal {@code errno} (the first one stays), and its
   * payload is replaced by MI_NOOP, so that only the final breadcrumb is left.
   */
  public void fail(int errno) {
    if (error == 0) error = errno;
    context.ring().clear(infix, postfix);
    infix = postfix;
  }

  /** Whether it was ever given to the hardware. */
  public boolean given() {
    return given;
  }

  /** It is given to the hardware. */
  public void markGiven() {
    given = true;
  }

  /** Whether the interrupt of its breadcrumb is awaited. */
  public boolean signalling() {
    return signalling;
  }

  void setSignalling(boolean awaited) {
    signalling = awaited;
  }

  /** Signals the fence, once. */
  public void signal() {
    if (signalled) return;
    signalled = true;
    context.gtEngine().gt().health().requestCompleted(context.engine(), context.id(), seqno);
    listener.requestCompleted(this);
  }

  @Override
  public String toString() {
    return context + ":" + seqno;
  }
}
