package dev.systole.driver.core.gt;

import static dev.systole.spec.gen12.SubmissionStructures.HARDWARE_STATUS_PAGE_CONTEXT_STATUS_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.HARDWARE_STATUS_PAGE_KERNEL_TIMELINE_SEQNO_DWORD;
import static dev.systole.spec.gen12.SubmissionStructures.HARDWARE_STATUS_PAGE_PREEMPT_SEMAPHORE_DWORD;

import dev.systole.driver.core.mm.GgttRange;

/**
 * The status page of an engine, shared by hardware and driver (i915-kernel.md 4.5).
 *
 * @param page its one page
 */
public record StatusPage(GgttRange page) {
  private static final int PREEMPT_OFFSET_BYTES =
      HARDWARE_STATUS_PAGE_PREEMPT_SEMAPHORE_DWORD * Integer.BYTES;

  /** Where the kernel context's breadcrumb goes. */
  public static final int KERNEL_SEQNO_OFFSET_BYTES =
      HARDWARE_STATUS_PAGE_KERNEL_TIMELINE_SEQNO_DWORD * Integer.BYTES;

  /** While this dword is not 0, every context waits at the end of its request. */
  public int preemptSemaphoreAddress() {
    return page.ggttAddress() + PREEMPT_OFFSET_BYTES;
  }

  /** Freezes or releases contexts at the end of their requests. */
  public void pause(boolean paused) {
    page.write32(PREEMPT_OFFSET_BYTES, paused ? 1 : 0);
  }

  /** Number of the context status entry that the hardware wrote last. */
  public int statusWriteIndex() {
    return page.read32(statusWriteIndexOffset());
  }

  /** Sets the index as a reset needs it. */
  public void writeStatusWriteIndex(int index) {
    page.write32(statusWriteIndexOffset(), index);
  }

  /** A context status entry: low dword in the low half. */
  public long statusEntry(int index) {
    return page.read64(statusEntryOffset(index));
  }

  /** Marks a context status entry as read. */
  public void clearStatusEntry(int index) {
    page.write64(statusEntryOffset(index), -1);
  }

  private static int statusWriteIndexOffset() {
    return HARDWARE_STATUS_PAGE_CONTEXT_STATUS_WRITE_INDEX_DWORD * Integer.BYTES;
  }

  private static int statusEntryOffset(int index) {
    return HARDWARE_STATUS_PAGE_CONTEXT_STATUS_DWORD * Integer.BYTES + index * Long.BYTES;
  }
}
