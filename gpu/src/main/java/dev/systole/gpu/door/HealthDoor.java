package dev.systole.gpu.door;

import dev.systole.spec.Engine;

/**
 * What the machine tells about its own health, a method per milestone; outward only. Contexts are
 * named by their hardware ids, requests by context and seqno (i915: fence context and seqno).
 */
public interface HealthDoor {
  /** A context exists from now on; {@code processName} and {@code pid} are its owner's. */
  void contextCreated(int context, Engine engine, String processName, int pid);

  /** A request is ready and waits for a port. */
  void requestQueued(Engine engine, int context, int seqno, int priority);

  /** A request was written to a port of the execution list. */
  void requestSubmitted(Engine engine, int port, int context, int seqno, int priority);

  /** The breadcrumb of a request was seen. */
  void requestCompleted(Engine engine, int context, int seqno);

  /** A heartbeat (i915: systole) was emitted. */
  void heartbeatEmitted(Engine engine, int seqno, int priority);

  /** An overdue heartbeat was raised to {@code priority}. */
  void heartbeatRaised(Engine engine, int seqno, int priority);

  /** A heartbeat completed. */
  void heartbeatCompleted(Engine engine, int seqno);

  /** A heartbeat was overdue at the highest priority: the engine is held to be hung. */
  void heartbeatStopped(Engine engine, int seqno);

  /** The running request did not give way within the preempt timeout. */
  void preemptTimeout(Engine engine, int context, int seqno, long waitedNanos);

  /** The command streamer reported an error. */
  void csError(Engine engine, int eir);

  /** An error state was captured; {@code text} is its whole text in ISO-8859-1. */
  void errorCaptured(Engine engine, String ecode, byte[] text);

  /** The reset of one engine begins. */
  void engineResetBegun(Engine engine, String reason);

  /** The reset of one engine ended. */
  void engineResetEnded(Engine engine, boolean ok);

  /** The reset of the whole GT begins. */
  void gtResetBegun(String reason);

  /** The reset of the whole GT ended. */
  void gtResetEnded(boolean ok);

  /** The GPU was given up, or taken back. */
  void wedged(boolean wedged);

  /** A request that did no wrong was submitted again after a reset. */
  void requestResubmitted(Engine engine, int context, int seqno);

  /** The payload of a guilty request was skipped; {@code errno} is negative (-5: EIO). */
  void requestSkipped(Engine engine, int context, int seqno, int errno);

  /** A context may not submit any more. */
  void contextBanned(int context);

  /** An application's device is in error; its waits are released. */
  void deviceError(String processName, int pid, int device);

  /** A line of the kernel's log. */
  void dmesg(int level, String line);

  /** A uevent on the card. */
  void uevent(String text);

  /** The GT woke up or was parked. */
  void gtAwake(boolean awake);
}
