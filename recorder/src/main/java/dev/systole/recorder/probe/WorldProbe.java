package dev.systole.recorder.probe;

import dev.systole.gpu.door.WorldDoor;
import dev.systole.spec.Engine;
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
  public void faultFired(
      String fault, Engine engine, int batchOrdinal, long commandAddress, long timeNanos) {
    sink.begin(EventKinds.FAULT_FIRED, lane, timeNanos)
        .text(fault)
        .text(engine == null ? "" : engine.kernelName())
        .integer(batchOrdinal)
        .integer(commandAddress)
        .end();
  }
}
