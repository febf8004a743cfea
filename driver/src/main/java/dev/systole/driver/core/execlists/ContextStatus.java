package dev.systole.driver.core.execlists;

import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_STATUS_SWITCHED_AWAY_CONTEXT_ID_IDLE;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_STATUS_SWITCHED_AWAY_CONTEXT_ID_MASK;
import static dev.systole.spec.gen12.SubmissionStructures.CONTEXT_STATUS_SWITCHED_TO_NEW_QUEUE;

/**
 * An entry of the context status buffer.
 *
 * @param bits low dword in the low half
 */
record ContextStatus(long bits) {
  /** What the driver leaves where it has read. */
  static final long CONSUMED = -1;

  /** Whether the hardware took over the queue that was written last. */
  boolean promotes() {
    boolean newQueue = (bits & CONTEXT_STATUS_SWITCHED_TO_NEW_QUEUE) != 0;
    int away = (int) (bits >>> 32) & CONTEXT_STATUS_SWITCHED_AWAY_CONTEXT_ID_MASK;
    return newQueue || away == CONTEXT_STATUS_SWITCHED_AWAY_CONTEXT_ID_IDLE;
  }
}
