package dev.systole.benchmarks.ratios;

import dev.systole.gpu.door.HealthDoor;
import dev.systole.spec.Engine;

/** A health door behind which nobody listens. */
final class NobodyListens implements HealthDoor {
  @Override
  public void contextCreated(int context, Engine engine, String processName, int pid) {}

  @Override
  public void requestQueued(Engine engine, int context, int seqno, int priority) {}

  @Override
  public void requestSubmitted(Engine engine, int port, int context, int seqno, int priority) {}

  @Override
  public void requestCompleted(Engine engine, int context, int seqno) {}

  @Override
  public void heartbeatEmitted(Engine engine, int seqno, int priority) {}

  @Override
  public void heartbeatRaised(Engine engine, int seqno, int priority) {}

  @Override
  public void heartbeatCompleted(Engine engine, int seqno) {}

  @Override
  public void heartbeatStopped(Engine engine, int seqno) {}

  @Override
  public void preemptTimeout(Engine engine, int context, int seqno, long waitedNanos) {}

  @Override
  public void csError(Engine engine, int eir) {}

  @Override
  public void errorCaptured(Engine engine, String ecode, byte[] text) {}

  @Override
  public void engineResetBegun(Engine engine, String reason) {}

  @Override
  public void engineResetEnded(Engine engine, boolean ok) {}

  @Override
  public void gtResetBegun(String reason) {}

  @Override
  public void gtResetEnded(boolean ok) {}

  @Override
  public void wedged(boolean wedged) {}

  @Override
  public void requestResubmitted(Engine engine, int context, int seqno) {}

  @Override
  public void requestSkipped(Engine engine, int context, int seqno, int errno) {}

  @Override
  public void contextBanned(int context) {}

  @Override
  public void deviceError(String processName, int pid, int device) {}

  @Override
  public void dmesg(int level, String line) {}

  @Override
  public void uevent(String text) {}

  @Override
  public void gtAwake(boolean awake) {}
}
