package dev.systole.driver.core.request;

import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_ADDRESSING_MODE_LEGACY_64_BIT;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_ENGINE_CLASS_SHIFT;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_ENGINE_INSTANCE_SHIFT;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_FORCE_RESTORE;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_PRIORITY_NORMAL;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_DESCRIPTOR_VALID;

import dev.systole.driver.core.CompletionListener;
import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreContext;
import dev.systole.driver.core.gt.GtEngine;
import dev.systole.driver.core.gt.StatusPage;
import dev.systole.spec.Engine;
import java.util.ArrayDeque;
import java.util.List;

/** A context on one engine (i915: intel_context.c, and intel_lrc.c for its descriptor). */
public final class GpuContext implements CoreContext {
  /** The error of a request that was given up: -EIO. */
  public static final int ERRNO_IO = -5;

  private static final int USER_RING_PAGES = 4;
  private static final int KERNEL_RING_PAGES = 1;

  /** More than any request takes. */
  private static final int REQUEST_BYTES_MAX = 256;

  private final GtEngine engine;
  private final int id;
  private final ContextOwner owner;
  private final int priority;
  private final Submission submission;
  private final Emission emission;
  private final Ring ring;
  private final ContextImage image;
  private final Timeline timeline;
  private final ArrayDeque<Request> outstanding = new ArrayDeque<>();
  private long pageTableRoot;
  private boolean pinned;
  private boolean forceRestore;
  private int tag;
  private int portsHeld;
  private boolean destroyed;
  private int guiltyCount;
  private boolean banned;

  private GpuContext(
      GtEngine engine,
      int id,
      ContextOwner owner,
      int priority,
      Submission submission,
      ContextImage image,
      int ringPages,
      Timeline timeline) {
    this.engine = engine;
    this.id = id;
    this.owner = owner;
    this.priority = priority;
    this.submission = submission;
    this.image = image;
    this.ring = new Ring(engine.gt().ggtt().allocate(ringPages));
    this.timeline = timeline;
    this.emission =
        Emission.of(
            engine.engine(),
            engine.traits().auxInvalidateRegister(),
            engine.statusPage().preemptSemaphoreAddress());
    engine.gt().health().contextCreated(id, engine.engine(), owner.processName(), owner.pid());
  }

  /** The kernel's own context of an engine: heartbeats and idling run in it. */
  public static GpuContext ofKernel(
      GtEngine engine, int id, Submission submission, long pageTableRoot) {
    var image = ContextImage.first(engine, pageTableRoot);
    var timeline =
        Timeline.ofKernel(engine.statusPage().page(), StatusPage.KERNEL_SEQNO_OFFSET_BYTES);
    var context =
        new GpuContext(
            engine,
            id,
            ContextOwner.KERNEL,
            Priority.NORMAL,
            submission,
            image,
            KERNEL_RING_PAGES,
            timeline);
    context.pageTableRoot = pageTableRoot;
    return context;
  }

  /**
   * A context of a user.
   *
   * @param defaultState what {@link ContextImage#saved} returned for the engine; null for the
   *     context in which it is recorded
   */
  public static GpuContext ofUser(
      GtEngine engine,
      int id,
      ContextOwner owner,
      int priority,
      Submission submission,
      byte[] defaultState,
      long pageTableRoot) {
    ContextImage image =
        defaultState == null
            ? ContextImage.first(engine, pageTableRoot)
            : ContextImage.copyOf(defaultState, engine, pageTableRoot);
    var timeline = Timeline.ofUser(engine.gt().ggtt().allocate(1));
    var context =
        new GpuContext(engine, id, owner, priority, submission, image, USER_RING_PAGES, timeline);
    context.pageTableRoot = pageTableRoot;
    return context;
  }

  @Override
  public Request submit(long batchAddress, int lengthBytes, CompletionListener listener) {
    if ((batchAddress | lengthBytes) % Long.BYTES != 0 || lengthBytes <= 0) {
      throw new IllegalArgumentException(
          "batch at %#x of %d bytes is not made of qwords".formatted(batchAddress, lengthBytes));
    }
    return submit(new Request.Batch(batchAddress, lengthBytes), priority, listener);
  }

  /** A request that only leaves its breadcrumb. */
  public Request submitEmpty(int requestPriority) {
    return submit(null, requestPriority, request -> {});
  }

  private Request submit(Request.Batch batch, int requestPriority, CompletionListener listener) {
    ring.reserve(REQUEST_BYTES_MAX);
    submission.wake();
    pin();
    var request = new Request(this, timeline.nextSeqno(), requestPriority, batch, listener);
    request.emit(ring, emission, timeline);
    outstanding.add(request);
    if (banned) request.fail(ERRNO_IO);
    submission.submit(request);
    return request;
  }

  private void pin() {
    if (pinned) return;
    pinned = true;
    forceRestore = true;
    image.update(ring, ring.emitOffset());
  }

  /** The engine went idle: the image may be moved, and is loaded anew next time. */
  public void unpin() {
    pinned = false;
  }

  /** Takes requests that are done out of the ring, and signals those nobody has signalled. */
  public void retire() {
    if (outstanding.isEmpty()) return;
    int current = timeline.current();
    while (!outstanding.isEmpty()) {
      Request oldest = outstanding.peek();
      if (!oldest.completed() && !Seqno.passed(current, oldest.seqno())) return;
      outstanding.remove();
      ring.retireUpTo(oldest.end());
      oldest.signal();
      submission.retired(oldest);
    }
    freeIfDone();
  }

  /** What was submitted and is still in the ring, oldest first. */
  public List<Request> outstanding() {
    return List.copyOf(outstanding);
  }

  /** The oldest request that the GPU has not finished, or null. */
  public Request oldestUnfinished() {
    int current = timeline.current();
    for (Request request : outstanding) {
      if (!request.completed() && !Seqno.passed(current, request.seqno())) return request;
    }
    return null;
  }

  /**
   * The low half of the descriptor, for a submission up to the end of {@code request}. A restore is
   * forced the first time after the image was written, and when TAIL would move backwards.
   */
  public int takeDescriptor(Request request) {
    int tail = request.takeTail();
    if (ring.distance(image.tail(), tail) <= 0) forceRestore = true;
    image.setTail(tail);
    int descriptor =
        image.pages().ggttAddress()
            | CONTEXT_DESCRIPTOR_VALID
            | CONTEXT_DESCRIPTOR_ADDRESSING_MODE_LEGACY_64_BIT
            | CONTEXT_DESCRIPTOR_PRIVILEGE_ACCESS;
    if (ContextLayout.hasRenderState(engine())) descriptor |= CONTEXT_DESCRIPTOR_PRIORITY_NORMAL;
    if (forceRestore) descriptor |= CONTEXT_DESCRIPTOR_FORCE_RESTORE;
    forceRestore = false;
    return descriptor;
  }

  /** The high half of the descriptor, by which the hardware names the context (i915: ccid). */
  public int hardwareId() {
    return tag << CONTEXT_DESCRIPTOR_SOFTWARE_CONTEXT_ID_SHIFT
        | engine().hardwareInstance() << CONTEXT_DESCRIPTOR_ENGINE_INSTANCE_SHIFT
        | engine().engineClass().hardwareClass() << CONTEXT_DESCRIPTOR_ENGINE_CLASS_SHIFT;
  }

  /** The number in {@link #hardwareId} that tells loaded contexts apart; 0 when not loaded. */
  public int tag() {
    return tag;
  }

  public void setTag(int tag) {
    this.tag = tag;
  }

  /** Counts how many submission ports name the context. */
  public int holdPort() {
    return ++portsHeld;
  }

  /** Ends one {@link #holdPort}; returns how many are left. */
  public int releasePort() {
    portsHeld--;
    freeIfDone();
    return portsHeld;
  }

  /** After a reset: points the image at a request, or at the end of the ring for null. */
  public void restartAt(Request request) {
    image.clearStopRing();
    image.update(ring, request == null ? ring.emitOffset() : request.head());
    forceRestore = true;
  }

  @Override
  public void setPageTableRoot(long root) {
    if (!idle()) throw new IllegalStateException("context " + id + " is busy");
    pageTableRoot = root;
    image.setPageTableRoot(root);
    forceRestore = true;
  }

  /** Bus address of the PML4. */
  public long pageTableRoot() {
    return pageTableRoot;
  }

  @Override
  public void destroy() {
    retire();
    destroyed = true;
    freeIfDone();
  }

  private void freeIfDone() {
    if (destroyed && idle()) free();
  }

  /** The hardware has saved the context and does not touch its memory any more. */
  private void free() {
    engine.gt().ggtt().free(ring.pages());
    engine.gt().ggtt().free(image.pages());
    engine.gt().ggtt().free(timeline.page());
  }

  @Override
  public boolean idle() {
    return outstanding.isEmpty() && portsHeld == 0;
  }

  @Override
  public boolean inError() {
    return guiltyCount > 0 || banned;
  }

  /** Whether its requests are skipped from now on. */
  public boolean banned() {
    return banned;
  }

  /** Skips its requests, those to come and those that wait. */
  public void ban() {
    banned = true;
    outstanding.stream().filter(r -> !r.done()).forEach(r -> r.fail(ERRNO_IO));
  }

  /** Hangs that it was guilty of. */
  public int guiltyCount() {
    return guiltyCount;
  }

  public void countGuilty() {
    guiltyCount++;
  }

  /** Whether it is the kernel's own. */
  public boolean ofKernel() {
    return owner == ContextOwner.KERNEL;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public Engine engine() {
    return engine.engine();
  }

  public GtEngine gtEngine() {
    return engine;
  }

  @Override
  public ContextOwner owner() {
    return owner;
  }

  public int priority() {
    return priority;
  }

  public Ring ring() {
    return ring;
  }

  public ContextImage image() {
    return image;
  }

  public Timeline timeline() {
    return timeline;
  }

  @Override
  public String toString() {
    return engine + ":" + id;
  }
}
