package dev.systole.decoder.diagnosis;

import dev.systole.errorstate.ElspEntry;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests that are done, or not begun (gen12-commands.md 7.4, rules 2 and 3). */
final class CompletionRules {
  private static final int OFFSET_MASK = 0x1ffff8;

  private CompletionRules() {}

  /** The breadcrumb was written and the ring is empty, yet the kernel waits. */
  static Optional<Finding> completionLost(EngineCase suspect) {
    OptionalLong missing = missingSeqnos(suspect);
    if (!ringEmpty(suspect) || missing.isEmpty() || missing.getAsLong() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            Cause.COMPLETION_LOST,
            Confidence.HIGH,
            "HEAD equals TAIL, and the timeline's seqno is that of the request or later"));
  }

  /** The ring is empty, yet the breadcrumb was not written: the context was not switched to. */
  static Optional<Finding> neverStarted(EngineCase suspect) {
    OptionalLong missing = missingSeqnos(suspect);
    if (!ringEmpty(suspect) || missing.isEmpty() || missing.getAsLong() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            Cause.NEVER_STARTED,
            Confidence.MEDIUM,
            "HEAD equals TAIL, yet the request's seqno was not written"));
  }

  private static boolean ringEmpty(EngineCase suspect) {
    OptionalLong head = suspect.state().register("HEAD");
    OptionalLong tail = suspect.state().register("TAIL");
    return head.isPresent()
        && tail.isPresent()
        && (head.getAsLong() & OFFSET_MASK) == (tail.getAsLong() & OFFSET_MASK);
  }

  /** By how much the timeline is behind the running request; compared as the kernel does. */
  private static OptionalLong missingSeqnos(EngineCase suspect) {
    OptionalLong done = suspect.state().timelineSeqno();
    Optional<ElspEntry> running = suspect.state().ports().stream().findFirst();
    if (done.isEmpty() || running.isEmpty()) return OptionalLong.empty();
    return OptionalLong.of(running.get().seqno() - (int) done.getAsLong());
  }
}
