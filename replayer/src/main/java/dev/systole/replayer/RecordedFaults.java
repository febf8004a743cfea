package dev.systole.replayer;

import dev.systole.gpu.fault.Fault;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.spec.Engine;
import dev.systole.trace.EventCursor;
import dev.systole.trace.TraceReader;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.WorldEvent.FaultFired;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;

/** The points at which faults fired in a recording: what replay arms, not the header's plan. */
final class RecordedFaults {
  private RecordedFaults() {}

  static FaultPlan of(TraceReader trace) throws IOException {
    var points = new ArrayList<FaultPoint>();
    EventCursor events = trace.events(EventKinds.FAULT_FIRED::equals);
    while (events.next()) points.add(point((FaultFired) events.event()));
    return FaultPlan.replaying(points);
  }

  private static FaultPoint point(FaultFired event) {
    Engine engine =
        Arrays.stream(Engine.values())
            .filter(each -> each.kernelName().equals(event.engine()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ReplayException(
                        "event %d: a fault on an engine '%s' that this version does not have"
                            .formatted(event.number(), event.engine())));
    return new FaultPoint(
        Fault.parse(event.fault()), engine, (int) event.batchOrdinal(), event.commandAddress());
  }
}
