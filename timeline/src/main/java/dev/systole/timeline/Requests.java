package dev.systole.timeline;

import dev.systole.trace.event.HealthEvent;
import dev.systole.trace.event.HealthEvent.ContextCreated;
import dev.systole.trace.event.HealthEvent.PreemptTimeout;
import dev.systole.trace.event.HealthEvent.RequestCompleted;
import dev.systole.trace.event.HealthEvent.RequestResubmitted;
import dev.systole.trace.event.HealthEvent.RequestSkipped;
import dev.systole.trace.event.HealthEvent.RequestSubmitted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which requests a hang touched, and whose they are. */
final class Requests {
  /** A request by its context and seqno. */
  private record Key(long context, long seqno) {}

  private final Map<Long, String> ownerByContext = new HashMap<>();
  private final Set<Key> outstanding = new HashSet<>();
  private final Set<Key> troubled = new HashSet<>();

  Requests(List<HealthEvent> events) {
    events.forEach(this::learn);
    troubled.addAll(outstanding);
  }

  private void learn(HealthEvent event) {
    switch (event) {
      case ContextCreated e ->
          ownerByContext.put(e.context(), e.process() + "[" + e.processId() + "]");
      case RequestSubmitted e -> outstanding.add(new Key(e.context(), e.seqno()));
      case RequestCompleted e -> outstanding.remove(new Key(e.context(), e.seqno()));
      case RequestResubmitted e -> troubled.add(new Key(e.context(), e.seqno()));
      case RequestSkipped e -> troubled.add(new Key(e.context(), e.seqno()));
      case PreemptTimeout e -> troubled.add(new Key(e.context(), e.seqno()));
      default -> {}
    }
  }

  /** Whether the request was part of a hang: it hung, was submitted again, or never completed. */
  boolean troubled(long context, long seqno) {
    return troubled.contains(new Key(context, seqno));
  }

  /** The owner of a context as the kernel's log names it, then context and seqno. */
  String name(long context, long seqno) {
    return owner(context) + " " + Long.toHexString(context) + ":" + seqno;
  }

  /** The owner of a context. */
  String owner(long context) {
    return ownerByContext.getOrDefault(context, "context " + Long.toHexString(context));
  }
}
