package dev.systole.recorder.probe;

import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DxgkCallback;

/** Records the callbacks from the kernel-mode driver into Dxgkrnl. */
public final class CallbackProbe implements CallbackDoor {
  private final CallbackDoor door;
  private final Recording recording;

  /** Stands before {@code door}. */
  public CallbackProbe(CallbackDoor door, Recording recording) {
    this.door = door;
    this.recording = recording;
  }

  @Override
  public <R extends CallbackReturn> R call(DxgkCallback<R> callback) {
    recording.enter(callback);
    R result = door.call(callback);
    recording.leave(result);
    return result;
  }
}
