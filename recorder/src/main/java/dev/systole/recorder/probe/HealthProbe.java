package dev.systole.recorder.probe;

import dev.systole.gpu.door.HealthDoor;
import dev.systole.spec.Engine;
import dev.systole.trace.FieldSink;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.schema.EventKind;

/** Records the health door: an event per milestone, fields in the order of {@link EventKinds}. */
public final class HealthProbe implements HealthDoor {
  private final Recording recording;

  /** Records to {@code recording}. */
  public HealthProbe(Recording recording) {
    this.recording = recording;
  }

  private FieldSink begin(EventKind kind) {
    return recording.begin(kind);
  }

  private FieldSink begin(EventKind kind, Engine engine) {
    return begin(kind).text(engine.kernelName());
  }

  @Override
  public void contextCreated(int context, Engine engine, String processName, int pid) {
    begin(EventKinds.CONTEXT_CREATED)
        .integer(context)
        .text(engine.kernelName())
        .text(processName)
        .integer(pid)
        .end();
  }

  @Override
  public void requestQueued(Engine engine, int context, int seqno, int priority) {
    begin(EventKinds.REQUEST_QUEUED, engine)
        .integer(context)
        .integer(seqno)
        .integer(priority)
        .end();
  }

  @Override
  public void requestSubmitted(Engine engine, int port, int context, int seqno, int priority) {
    begin(EventKinds.REQUEST_SUBMITTED, engine)
        .integer(port)
        .integer(context)
        .integer(seqno)
        .integer(priority)
        .end();
  }

  @Override
  public void requestCompleted(Engine engine, int context, int seqno) {
    begin(EventKinds.REQUEST_COMPLETED, engine).integer(context).integer(seqno).end();
  }

  @Override
  public void heartbeatEmitted(Engine engine, int seqno, int priority) {
    begin(EventKinds.HEARTBEAT_EMITTED, engine).integer(seqno).integer(priority).end();
  }

  @Override
  public void heartbeatRaised(Engine engine, int seqno, int priority) {
    begin(EventKinds.HEARTBEAT_RAISED, engine).integer(seqno).integer(priority).end();
  }

  @Override
  public void heartbeatCompleted(Engine engine, int seqno) {
    begin(EventKinds.HEARTBEAT_COMPLETED, engine).integer(seqno).end();
  }

  @Override
  public void heartbeatStopped(Engine engine, int seqno) {
    begin(EventKinds.HEARTBEAT_STOPPED, engine).integer(seqno).end();
  }

  @Override
  public void preemptTimeout(Engine engine, int context, int seqno, long waitedNanos) {
    begin(EventKinds.PREEMPT_TIMEOUT, engine)
        .integer(context)
        .integer(seqno)
        .integer(waitedNanos)
        .end();
  }

  @Override
  public void csError(Engine engine, int eir) {
    begin(EventKinds.CS_ERROR, engine).integer(Integer.toUnsignedLong(eir)).end();
  }

  @Override
  public void errorCaptured(Engine engine, String ecode, byte[] text) {
    begin(EventKinds.ERROR_CAPTURED, engine).text(ecode).bytes(text).end();
  }

  @Override
  public void engineResetBegun(Engine engine, String reason) {
    begin(EventKinds.ENGINE_RESET_BEGUN, engine).text(reason).end();
  }

  @Override
  public void engineResetEnded(Engine engine, boolean ok) {
    begin(EventKinds.ENGINE_RESET_ENDED, engine).bool(ok).end();
  }

  @Override
  public void gtResetBegun(String reason) {
    begin(EventKinds.GT_RESET_BEGUN).text(reason).end();
  }

  @Override
  public void gtResetEnded(boolean ok) {
    begin(EventKinds.GT_RESET_ENDED).bool(ok).end();
  }

  @Override
  public void wedged(boolean wedged) {
    begin(EventKinds.WEDGED).bool(wedged).end();
  }

  @Override
  public void requestResubmitted(Engine engine, int context, int seqno) {
    begin(EventKinds.REQUEST_RESUBMITTED, engine).integer(context).integer(seqno).end();
  }

  @Override
  public void requestSkipped(Engine engine, int context, int seqno, int errno) {
    begin(EventKinds.REQUEST_SKIPPED, engine).integer(context).integer(seqno).integer(errno).end();
  }

  @Override
  public void contextBanned(int context) {
    begin(EventKinds.CONTEXT_BANNED).integer(context).end();
  }

  @Override
  public void deviceError(String processName, int pid, int device) {
    begin(EventKinds.DEVICE_ERROR).text(processName).integer(pid).integer(device).end();
  }

  @Override
  public void dmesg(int level, String line) {
    begin(EventKinds.DMESG).integer(level).text(line).end();
  }

  @Override
  public void uevent(String text) {
    begin(EventKinds.UEVENT).text(text).end();
  }

  @Override
  public void gtAwake(boolean awake) {
    begin(EventKinds.GT_AWAKE).bool(awake).end();
  }
}
