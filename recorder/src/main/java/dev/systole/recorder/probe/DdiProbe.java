package dev.systole.recorder.probe;

import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DdiReturn;

/** Records the DDI door, from Dxgkrnl into the kernel-mode driver. */
public final class DdiProbe implements DdiDoor {
  private final DdiDoor door;
  private final Recording recording;

  /** Stands before {@code door}. */
  public DdiProbe(DdiDoor door, Recording recording) {
    this.door = door;
    this.recording = recording;
  }

  @Override
  public <R extends DdiReturn> R call(DdiCall<R> call) {
    recording.enter(call);
    R result = door.call(call);
    recording.leave(result);
    return result;
  }
}
