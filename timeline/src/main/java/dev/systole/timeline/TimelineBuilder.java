package dev.systole.timeline;

import dev.systole.timeline.Timeline.Row;
import dev.systole.trace.event.Event;
import dev.systole.trace.event.HealthEvent;
import dev.systole.trace.event.HealthEvent.*;
import dev.systole.trace.event.WorldEvent;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes a {@link Timeline} of the events of a trace, handed in one by one in their order. */
public final class TimelineBuilder {
  private static final int EIO = 5;

  private final List<Event> events = new ArrayList<>();
  private final List<HealthEvent> health = new ArrayList<>();
  private final TreeSet<String> engines = new TreeSet<>(TimelineBuilder::byKind);
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Ordinary> ordinary = new LinkedHashMap<>();
  private Requests requests;

  /** A builder that has seen nothing yet. */
  public TimelineBuilder() {}

  /** Requests of one engine that simply ran since the last row. */
  private static final class Ordinary {
    int completed;
    long lastEvent;
    long lastNanos;
  }

  /** Takes the next event; those that say nothing about health are ignored. */
  public void accept(Event event) {
    if (event instanceof HealthEvent healthEvent) {
      health.add(healthEvent);
      events.add(event);
    } else if (event instanceof WorldEvent) {
      events.add(event);
    }
  }

  /** The timeline of all events taken. */
  public Timeline build() {
    requests = new Requests(health);
    for (Event event : events) {
      switch (event) {
        case HealthEvent e -> tell(e);
        case FaultFired e -> row(e, e.engine(), "fault fires: " + e.fault() + place(e));
        default -> {}
      }
    }
    flushOrdinary();
    var lanes = new ArrayList<>(engines);
    lanes.add(Timeline.RECOVERY);
    return new Timeline(lanes, rows);
  }

  private void tell(HealthEvent event) {
    switch (event) {
      case RequestSubmitted e when requests.troubled(e.context(), e.seqno()) ->
          row(e, e.engine(), "submitted " + requests.name(e.context(), e.seqno()) + port(e));
      case RequestCompleted e when requests.troubled(e.context(), e.seqno()) ->
          row(e, e.engine(), "completed " + requests.name(e.context(), e.seqno()));
      case RequestCompleted e -> countOrdinary(e);
      case RequestResubmitted e ->
          row(e, e.engine(), "resubmitted " + requests.name(e.context(), e.seqno()) + ", innocent");
      case RequestSkipped e ->
          row(e, e.engine(), "skipped " + requests.name(e.context(), e.seqno()) + ", " + errno(e));
      case HeartbeatEmitted e ->
          row(e, e.engine(), "heartbeat " + e.seqno() + " emitted at " + priority(e.priority()));
      case HeartbeatRaised e ->
          row(e, e.engine(), "heartbeat " + e.seqno() + " raised to " + priority(e.priority()));
      case HeartbeatCompleted e -> row(e, e.engine(), "heartbeat " + e.seqno() + " completed");
      case HeartbeatStopped e -> row(e, e.engine(), "heartbeat " + e.seqno() + " stopped");
      case PreemptTimeout e ->
          row(
              e,
              e.engine(),
              "preempt timeout: "
                  + requests.name(e.context(), e.seqno())
                  + " held on for "
                  + TextTimeline.duration(e.waitedNanos()));
      case CsError e ->
          row(e, e.engine(), "command streamer error, EIR 0x" + Long.toHexString(e.eir()));
      case ErrorCaptured e ->
          row(e, Timeline.RECOVERY, "error state captured on " + e.engine() + ": " + e.ecode());
      case EngineResetBegun e ->
          row(e, Timeline.RECOVERY, "reset of " + e.engine() + " for " + e.reason());
      case EngineResetEnded e ->
          row(e, Timeline.RECOVERY, "reset of " + e.engine() + (e.ok() ? " done" : " failed"));
      case GtResetBegun e -> row(e, Timeline.RECOVERY, "reset of the GT for " + e.reason());
      case GtResetEnded e ->
          row(e, Timeline.RECOVERY, "reset of the GT" + (e.ok() ? " done" : " failed"));
      case Wedged e -> row(e, Timeline.RECOVERY, e.wedged() ? "wedged" : "not wedged any more");
      case ContextBanned e -> row(e, Timeline.RECOVERY, requests.owner(e.context()) + " is banned");
      case DeviceError e ->
          row(
              e,
              Timeline.RECOVERY,
              e.process() + "[" + e.processId() + "]: device " + e.device() + " in error");
      case Dmesg e -> row(e, Timeline.RECOVERY, "log: " + e.line());
      case Uevent e -> row(e, Timeline.RECOVERY, "uevent " + e.text());
      case RequestSubmitted e -> engines.add(e.engine());
      case ContextCreated _, RequestQueued _, GtAwake _ -> {}
    }
  }

  private void countOrdinary(RequestCompleted e) {
    engines.add(e.engine());
    Ordinary count = ordinary.computeIfAbsent(e.engine(), engine -> new Ordinary());
    count.completed++;
    count.lastEvent = e.number();
    count.lastNanos = e.timeNanos();
  }

  private void row(Event event, String lane, String text) {
    flushOrdinary();
    String shown = lane.isEmpty() ? Timeline.RECOVERY : lane;
    if (!shown.equals(Timeline.RECOVERY)) engines.add(shown);
    rows.add(new Row(event.number(), event.timeNanos(), shown, text));
  }

  private void flushOrdinary() {
    ordinary.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().lastEvent))
        .forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
    ordinary.clear();
  }

  private static Row row(String engine, Ordinary count) {
    String ran = count.completed == 1 ? "1 request ran" : count.completed + " requests ran";
    return new Row(count.lastEvent, count.lastNanos, engine, ran);
  }

  private static String port(RequestSubmitted e) {
    return " to port " + e.port();
  }

  private static String place(FaultFired e) {
    if (e.batchOrdinal() == 0) return "";
    return " (batch " + e.batchOrdinal() + ", command at 0x" + hex(e.commandAddress()) + ")";
  }

  private static String errno(RequestSkipped e) {
    return e.errno() == -EIO ? "-EIO" : "error " + e.errno();
  }

  /** The priorities of i915_priolist_types.h by name. */
  static String priority(long priority) {
    if (priority == -1024) return "MIN (-1024)";
    if (priority == 0) return "NORMAL (0)";
    if (priority == 1025) return "HEARTBEAT (1025)";
    if (priority == 0x7ffffffe) return "BARRIER (0x7ffffffe)";
    return Long.toString(priority);
  }

  private static String hex(long value) {
    return Long.toHexString(value);
  }

  /** Render first, then the order in which the kernel numbers its engines. */
  private static int byKind(String a, String b) {
    int order = Integer.compare(rank(a), rank(b));
    return order == 0 ? a.compareTo(b) : order;
  }

  private static int rank(String engine) {
    String[] prefixes = {"rcs", "ccs", "bcs", "vcs", "vecs"};
    for (int i = 0; i < prefixes.length; i++) if (engine.startsWith(prefixes[i])) return i;
    return prefixes.length;
  }
}
