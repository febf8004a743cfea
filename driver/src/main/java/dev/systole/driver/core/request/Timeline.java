package dev.systole.driver.core.request;

import dev.systole.driver.core.mm.GgttRange;

/**
 * The sequence numbers of a context and the dword in memory where the GPU leaves them. A user's
 * timeline has an initial breadcrumb and advances by two: the odd number says that a request has
 * started, the even one that it is done (i915: intel_timeline.c; i915-kernel.md 4.4).
 */
public final class Timeline {
  private final GgttRange page;
  private final int offsetBytes;
  private final boolean initialBreadcrumb;
  private int lastSeqno;

  private Timeline(GgttRange page, int offsetBytes, boolean initialBreadcrumb) {
    this.page = page;
    this.offsetBytes = offsetBytes;
    this.initialBreadcrumb = initialBreadcrumb;
  }

  /** A timeline with a page of its own. */
  static Timeline ofUser(GgttRange page) {
    return new Timeline(page, 0, true);
  }

  /** A timeline within the status page of an engine. */
  static Timeline ofKernel(GgttRange page, int offsetBytes) {
    return new Timeline(page, offsetBytes, false);
  }

  /** GGTT address of the breadcrumb. */
  public int address() {
    return page.ggttAddress() + offsetBytes;
  }

  /** The number that the GPU left last. */
  public int current() {
    return page.read32(offsetBytes);
  }

  boolean initialBreadcrumb() {
    return initialBreadcrumb;
  }

  int nextSeqno() {
    lastSeqno += initialBreadcrumb ? 2 : 1;
    return lastSeqno;
  }

  GgttRange page() {
    return page;
  }
}
