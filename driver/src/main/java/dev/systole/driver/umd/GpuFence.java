package dev.systole.driver.umd;

import dev.systole.driver.app.DestroySynchronizationObject;
import dev.systole.driver.app.SignalSynchronizationObjectFromCpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromCpu;
import dev.systole.driver.door.KmtHandle;
import java.util.List;

/** A monitored fence: a 64-bit value that rises. */
public final class GpuFence {
  private final UserModeDevice device;
  private final KmtHandle.SyncObject object;
  private final KmtHandle.Mapping value;
  private final long gpuAddress;

  GpuFence(
      UserModeDevice device,
      KmtHandle.SyncObject object,
      KmtHandle.Mapping value,
      long gpuAddress) {
    this.device = device;
    this.object = object;
    this.value = value;
    this.gpuAddress = gpuAddress;
  }

  /** The value at the moment, read from memory. */
  public long value() {
    return device.thunks().door().read64(value, 0);
  }

  /** Where a command finds the value. */
  public long gpuAddress() {
    return gpuAddress;
  }

  /** Sets the value now. */
  public void signal(long newValue) {
    device
        .thunks()
        .call(
            new SignalSynchronizationObjectFromCpu(
                device.handle(), List.of(object), List.of(newValue)));
  }

  /**
   * Blocks until the value is at least {@code target}.
   *
   * @throws DeviceRemovedException when the device is in error
   */
  public void await(long target) {
    device
        .thunks()
        .call(
            new WaitForSynchronizationObjectFromCpu(
                device.handle(), List.of(object), List.of(target)));
  }

  KmtHandle.SyncObject object() {
    return object;
  }

  void destroy() {
    device.thunks().call(new DestroySynchronizationObject(object));
  }
}
