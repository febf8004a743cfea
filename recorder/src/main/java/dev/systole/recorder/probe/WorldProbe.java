package dev.systole.recorder.probe;

import dev.systole.gpu.door.WorldDoor;
import dev.systole.gpu.fault.FaultPoint;
import dev.systole.trace.EventSink;
import dev.systole.trace.event.EventKinds;
import dev.systole.trace.event.Lane;

/** Records the world door. */
public final class WorldProbe implements WorldDoor {
  private final EventSink sink;
  private final int lane;

  /** Tells {@code sink}. */
  public WorldProbe(EventSink sink) {
    this.sink = sink;
    this.lane = sink.lane(Lane.of("gpu"));
  }

  @Override
  public void faultFired(FaultPoint point, long timeNanos) {
    sink.begin(EventKinds.FAULT_FIRED, lane, timeNanos)
        .text(point.fault())
        .text(point.target().word())
        .integer(point.batchOrdinal())
        .integer(point.commandAddress())
        .integer(point.occasion())
        .end();
  }
}
