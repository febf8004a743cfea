package dev.systole.driver.dxgk;

import dev.systole.driver.app.DeviceState;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.dxgk.vidmm.PagingQueue;
import dev.systole.driver.dxgk.vidmm.VidMmAllocation;
import dev.systole.driver.dxgk.vidsch.MonitoredFence;
import dev.systole.driver.dxgk.vidsch.SchedulingContext;
import dev.systole.driver.dxgk.vidsch.SchedulingDevice;
import java.util.Map;
import java.util.TreeMap;

/** A device of a process, with all that was created on it, by handle. */
final class Device {
  /** A context of the device. */
  record Context(Device device, KernelHandle.KmdContext kmd, SchedulingContext queue) {}

  /** An allocation of the device. */
  record Allocation(Device device, VidMmAllocation memory, KernelHandle.KmdOpenAllocation opened) {}

  /** A monitored fence; the value's place is a slot of the device's fence page. */
  record SyncObject(Device device, MonitoredFence fence, int slot) {}

  /** A paging queue and the handle of its fence. */
  record Queue(Device device, PagingQueue queue, long fenceHandle) {}

  private final OpenAdapter adapter;
  private final KernelHandle.KmdDevice kmd;
  private final SchedulingDevice scheduling;
  private final FencePage fencePage;
  private final Map<Long, Object> objects = new TreeMap<>();

  Device(
      OpenAdapter adapter,
      KernelHandle.KmdDevice kmd,
      SchedulingDevice scheduling,
      FencePage fencePage) {
    this.adapter = adapter;
    this.kmd = kmd;
    this.scheduling = scheduling;
    this.fencePage = fencePage;
  }

  OpenAdapter adapter() {
    return adapter;
  }

  KernelHandle.KmdDevice kmd() {
    return kmd;
  }

  SchedulingDevice scheduling() {
    return scheduling;
  }

  FencePage fencePage() {
    return fencePage;
  }

  DeviceState state() {
    return scheduling.inError() ? DeviceState.HUNG : DeviceState.ACTIVE;
  }

  /** What was created on it: handle to object. */
  Map<Long, Object> objects() {
    return objects;
  }
}
