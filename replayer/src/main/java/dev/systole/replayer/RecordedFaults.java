package dev.systole.replayer;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultKey;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.gpu.fault.FaultSyntaxException;
import dev.systole.gpu.fault.FaultTarget;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The faults of a recording: those that it holds, and what new ones have to know of it. */
public final class RecordedFaults {
  private RecordedFaults() {}

  /** The points at which the faults of the recording fired: what replay arms. */
  static FaultPlan of(TraceReader trace) throws IOException {
    var points = new ArrayList<FaultPoint>();
    EventCursor events = trace.events(EventKinds.FAULT_FIRED::equals);
    while (events.next()) points.add(point((FaultFired) events.event()));
    try {
      return FaultPlan.replaying(trace.header().faults(), points);
    } catch (FaultSyntaxException e) {
      throw new ReplayException("the trace holds a fault of another version: " + e.getMessage());
    }
  }

  private static FaultPoint point(FaultFired event) {
    FaultTarget target =
        FaultTarget.byWord(event.engine())
            .orElseThrow(
                () ->
                    new ReplayException(
                        "event %d: a fault on '%s', which this version does not have"
                            .formatted(event.number(), event.engine())));
    return new FaultPoint(
        event.fault(),
        target,
        event.occasion(),
        (int) event.batchOrdinal(),
        event.commandAddress());
  }

  /**
   * The plan of new faults, in which the numbers of events have become their times.
   *
   * @throws ReplayException when the trace does not have such an event
   */
  public static FaultPlan plan(TraceReader trace, List<Fault> faults) throws IOException {
    var timed = new ArrayList<Fault>();
    for (Fault fault : faults) timed.add(timed(trace, fault));
    return FaultPlan.of(timed);
  }

  private static Fault timed(TraceReader trace, Fault fault) throws IOException {
    if (!fault.has(FaultKey.EVENT)) return fault;
    long number = fault.value(FaultKey.EVENT, 0);
    if (number >= trace.eventCount()) {
      throw new ReplayException(
          "fault '%s': the trace has %d events".formatted(fault, trace.eventCount()));
    }
    EventCursor events = trace.events();
    events.seek(number);
    events.next();
    return fault.atEvent(events.timeNanos());
  }
}
