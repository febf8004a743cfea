package dev.systole.driver.core.device;

import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.spec.Engine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what the machine tells about its health, a line per milestone. */
final class HealthLog implements HealthDoor {
  /** A milestone: when, what kind, in words. */
  record Entry(long timeNanos, String kind, String text) {
    long millis() {
      return timeNanos / 1_000_000;
    }
  }

  private final VirtualClock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> errorStates = new ArrayList<>();

  HealthLog(VirtualClock clock) {
    this.clock = clock;
  }

  private void add(String kind, String format, Object... arguments) {
    entries.add(new Entry(clock.nowNanos(), kind, format.formatted(arguments)));
  }

  List<Entry> entries() {
    return entries;
  }

  List<Entry> entries(String kind) {
    return entries.stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  List<String> texts(String kind) {
    return entries(kind).stream().map(Entry::text).toList();
  }

  List<String> errorStates() {
    return errorStates;
  }

  @Override
  public void contextCreated(int context, Engine engine, String processName, int pid) {
    add("context", "%s:%d %s[%d]", engine, context, processName, pid);
  }

  @Override
  public void requestQueued(Engine engine, int context, int seqno, int priority) {
    add("queued", "%s:%d:%d prio %d", engine, context, seqno, priority);
  }

  @Override
  public void requestSubmitted(Engine engine, int port, int context, int seqno, int priority) {
    add("submitted", "%s:%d:%d port %d prio %d", engine, context, seqno, port, priority);
  }

  @Override
  public void requestCompleted(Engine engine, int context, int seqno) {
    add("completed", "%s:%d:%d", engine, context, seqno);
  }

  @Override
  public void heartbeatEmitted(Engine engine, int seqno, int priority) {
    add("heartbeat", "%s emitted prio %d", engine, priority);
  }

  @Override
  public void heartbeatRaised(Engine engine, int seqno, int priority) {
    add("heartbeat", "%s raised prio %d", engine, priority);
  }

  @Override
  public void heartbeatCompleted(Engine engine, int seqno) {
    add("heartbeat", "%s completed", engine);
  }

  @Override
  public void heartbeatStopped(Engine engine, int seqno) {
    add("heartbeat", "%s stopped", engine);
  }

  @Override
  public void preemptTimeout(Engine engine, int context, int seqno, long waitedNanos) {
    add("preempt", "%s:%d:%d", engine, context, seqno);
  }

  @Override
  public void csError(Engine engine, int eir) {
    add("cs error", "%s %x", engine, eir);
  }

  @Override
  public void errorCaptured(Engine engine, String ecode, byte[] text) {
    errorStates.add(new String(text, StandardCharsets.ISO_8859_1));
    add("captured", "%s %s", engine, ecode);
  }

  @Override
  public void engineResetBegun(Engine engine, String reason) {
    add("reset", "%s begun: %s", engine, reason);
  }

  @Override
  public void engineResetEnded(Engine engine, boolean ok) {
    add("reset", "%s %s", engine, ok ? "ok" : "failed");
  }

  @Override
  public void gtResetBegun(String reason) {
    add("gt reset", "begun: %s", reason);
  }

  @Override
  public void gtResetEnded(boolean ok) {
    add("gt reset", ok ? "ok" : "failed");
  }

  @Override
  public void wedged(boolean wedged) {
    add("wedged", "%b", wedged);
  }

  @Override
  public void requestResubmitted(Engine engine, int context, int seqno) {
    add("resubmitted", "%s:%d:%d", engine, context, seqno);
  }

  @Override
  public void requestSkipped(Engine engine, int context, int seqno, int errno) {
    add("skipped", "%s:%d:%d errno %d", engine, context, seqno, errno);
  }

  @Override
  public void contextBanned(int context) {
    add("banned", "%d", context);
  }

  @Override
  public void deviceError(String processName, int pid, int device) {
    add("device error", "%s[%d] %d", processName, pid, device);
  }

  @Override
  public void dmesg(int level, String line) {
    add("dmesg", "<%d> %s", level, line);
  }

  @Override
  public void uevent(String text) {
    add("uevent", "%s", text);
  }

  @Override
  public void gtAwake(boolean awake) {
    add("gt", awake ? "awake" : "parked");
  }
}
