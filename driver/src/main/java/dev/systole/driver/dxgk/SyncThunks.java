package dev.systole.driver.dxgk;

import dev.systole.driver.app.CreateSynchronizationObject2;
import dev.systole.driver.app.DestroySynchronizationObject;
import dev.systole.driver.app.SignalSynchronizationObjectFromCpu;
import dev.systole.driver.app.SignalSynchronizationObjectFromGpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromCpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromGpu;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidsch.MonitoredFence;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** Thunks about monitored fences. */
final class SyncThunks {
  /** wddm.md 0, limits. */
  private static final int OBJECTS_PER_CALL_MAX = 32;

  /** A new fence, its handle, and where the process sees its value. */
  record Created(Device.SyncObject object, KmtHandle.SyncObject handle, KmtHandle.Mapping value) {}

  /** What to do with one fence and a value. */
  private interface Action {
    NtStatus apply(MonitoredFence fence, long value);
  }

  private final DxgProcess process;

  SyncThunks(DxgProcess process) {
    this.process = process;
  }

  CreateSynchronizationObject2.Return create(CreateSynchronizationObject2 call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) return nothing(NtStatus.INVALID_HANDLE);
    Created created = create(device, call.initialFenceValue());
    if (created == null) return nothing(NtStatus.NO_MEMORY);
    return new CreateSynchronizationObject2.Return(
        NtStatus.SUCCESS,
        created.handle(),
        created.value(),
        device.fencePage().gpuVirtualAddress(created.object().slot()));
  }

  private static CreateSynchronizationObject2.Return nothing(NtStatus status) {
    return new CreateSynchronizationObject2.Return(
        status, new KmtHandle.SyncObject(0), new KmtHandle.Mapping(0), 0);
  }

  /** A fence of a device, or null when there is no room for its value. */
  Created create(Device device, long initialValue) {
    int slot = device.fencePage().take();
    if (slot < 0) return null;
    long busAddress = device.fencePage().busAddress(slot);
    String name = "%d of %s[%d]".formatted(slot, process.name(), process.pid());
    var fence =
        new MonitoredFence(device.adapter().adapter().memory(), busAddress, name, initialValue);
    device.scheduling().add(fence);
    var object = new Device.SyncObject(device, fence, slot);
    long handle = process.objects().insert(object);
    device.objects().put(handle, object);
    return new Created(
        object, new KmtHandle.SyncObject(handle), process.map(new Mapping.OfFence(busAddress)));
  }

  DestroySynchronizationObject.Return destroy(DestroySynchronizationObject call) {
    long handle = call.syncObject().value();
    var object = process.objects().find(handle, Device.SyncObject.class);
    if (object == null) return new DestroySynchronizationObject.Return(NtStatus.INVALID_HANDLE);
    destroy(handle, object);
    return new DestroySynchronizationObject.Return(NtStatus.SUCCESS);
  }

  void destroy(long handle, Device.SyncObject object) {
    Device device = object.device();
    process.unmap(new Mapping.OfFence(object.fence().busAddress()));
    process.objects().remove(handle);
    device.objects().remove(handle);
    scheduler(device).destroyFence(device.scheduling(), object.fence());
    device.fencePage().giveBack(object.slot());
  }

  SignalSynchronizationObjectFromCpu.Return signalFromCpu(SignalSynchronizationObjectFromCpu call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) {
      return new SignalSynchronizationObjectFromCpu.Return(NtStatus.INVALID_HANDLE);
    }
    Scheduler scheduler = scheduler(device);
    return new SignalSynchronizationObjectFromCpu.Return(
        forEach(
            call.objects(),
            call.fenceValues(),
            (fence, value) -> {
              scheduler.signal(fence, value);
              return NtStatus.SUCCESS;
            }));
  }

  SignalSynchronizationObjectFromGpu.Return signalFromGpu(SignalSynchronizationObjectFromGpu call) {
    var context = process.objects().find(call.context().value(), Device.Context.class);
    if (context == null) {
      return new SignalSynchronizationObjectFromGpu.Return(NtStatus.INVALID_HANDLE);
    }
    Scheduler scheduler = scheduler(context.device());
    return new SignalSynchronizationObjectFromGpu.Return(
        forEach(
            call.objects(),
            call.fenceValues(),
            (fence, value) -> scheduler.signalFromGpu(context.queue(), fence, value)));
  }

  WaitForSynchronizationObjectFromGpu.Return waitFromGpu(WaitForSynchronizationObjectFromGpu call) {
    var context = process.objects().find(call.context().value(), Device.Context.class);
    if (context == null) {
      return new WaitForSynchronizationObjectFromGpu.Return(NtStatus.INVALID_HANDLE);
    }
    Scheduler scheduler = scheduler(context.device());
    return new WaitForSynchronizationObjectFromGpu.Return(
        forEach(
            call.objects(),
            call.fenceValues(),
            (fence, value) -> scheduler.waitFromGpu(context.queue(), fence, value)));
  }

  WaitForSynchronizationObjectFromCpu.Return waitFromCpu(WaitForSynchronizationObjectFromCpu call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) {
      return new WaitForSynchronizationObjectFromCpu.Return(NtStatus.INVALID_HANDLE);
    }
    Scheduler scheduler = scheduler(device);
    return new WaitForSynchronizationObjectFromCpu.Return(
        forEach(
            call.objects(),
            call.fenceValues(),
            (fence, value) -> scheduler.waitFromCpu(device.scheduling(), fence, value)));
  }

  /** Does something with each fence, once all handles are known to be good. */
  private NtStatus forEach(List<KmtHandle.SyncObject> handles, List<Long> values, Action action) {
    if (handles.isEmpty()
        || handles.size() > OBJECTS_PER_CALL_MAX
        || handles.size() != values.size()) {
      return NtStatus.INVALID_PARAMETER;
    }
    var fences = new ArrayList<MonitoredFence>();
    for (KmtHandle.SyncObject handle : handles) {
      var object = process.objects().find(handle.value(), Device.SyncObject.class);
      if (object == null) return NtStatus.INVALID_HANDLE;
      fences.add(object.fence());
    }
    for (int i = 0; i < fences.size(); i++) {
      NtStatus status = action.apply(fences.get(i), values.get(i));
      if (!status.succeeded()) return status;
    }
    return NtStatus.SUCCESS;
  }

  private static Scheduler scheduler(Device device) {
    return device.adapter().adapter().scheduler();
  }
}
