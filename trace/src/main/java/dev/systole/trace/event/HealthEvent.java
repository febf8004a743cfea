package dev.systole.trace.event;

/**
 * What the driver lets the recorder know about itself: requests, heartbeats, resets. Engines go by
 * the kernel's names (rcs0). Nothing in the machine depends on these events.
 */
public sealed interface HealthEvent extends Event {

  record ContextCreated(At at, long context, String engine, String process, long processId)
      implements HealthEvent {}

  record RequestQueued(At at, String engine, long context, long seqno, long priority)
      implements HealthEvent {}

  /** A request went to a port of the engine's submission queue. */
  record RequestSubmitted(At at, String engine, long port, long context, long seqno, long priority)
      implements HealthEvent {}

  record RequestCompleted(At at, String engine, long context, long seqno) implements HealthEvent {}

  /** An innocent request runs again after a reset. */
  record RequestResubmitted(At at, String engine, long context, long seqno)
      implements HealthEvent {}

  /**
   * The payload of a guilty request is skipped after a reset.
   *
   * @param errno negative, as in Linux
   */
  record RequestSkipped(At at, String engine, long context, long seqno, long errno)
      implements HealthEvent {}

  record HeartbeatEmitted(At at, String engine, long seqno, long priority) implements HealthEvent {}

  /** A heartbeat is overdue and gets a higher priority. */
  record HeartbeatRaised(At at, String engine, long seqno, long priority) implements HealthEvent {}

  record HeartbeatCompleted(At at, String engine, long seqno) implements HealthEvent {}

  /** A heartbeat is overdue at the highest priority: the engine is declared hung. */
  record HeartbeatStopped(At at, String engine, long seqno) implements HealthEvent {}

  record PreemptTimeout(At at, String engine, long context, long seqno, long waitedNanos)
      implements HealthEvent {}

  /** The command streamer reported an error. */
  record CsError(At at, String engine, long eir) implements HealthEvent {}

  /**
   * An error state was captured.
   *
   * @param ecode "12:1:85dffffb"
   * @param dump the text of the error state
   */
  record ErrorCaptured(At at, String engine, String ecode, Blob dump) implements HealthEvent {}

  record EngineResetBegun(At at, String engine, String reason) implements HealthEvent {}

  record EngineResetEnded(At at, String engine, boolean ok) implements HealthEvent {}

  record GtResetBegun(At at, String reason) implements HealthEvent {}

  record GtResetEnded(At at, boolean ok) implements HealthEvent {}

  /** The GPU was given up, or taken back. */
  record Wedged(At at, boolean wedged) implements HealthEvent {}

  record ContextBanned(At at, long context) implements HealthEvent {}

  /** A process's device went into error. */
  record DeviceError(At at, String process, long processId, long device) implements HealthEvent {}

  /** A line of the kernel log; level as in Linux, 0 (emergency) … 7 (debug). */
  record Dmesg(At at, long level, String line) implements HealthEvent {}

  record Uevent(At at, String text) implements HealthEvent {}

  /** The GT woke up, or went to sleep. */
  record GtAwake(At at, boolean awake) implements HealthEvent {}
}
