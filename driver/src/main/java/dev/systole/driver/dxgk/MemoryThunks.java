package dev.systole.driver.dxgk;

import dev.systole.driver.app.CreateAllocation2;
import dev.systole.driver.app.CreatePagingQueue;
import dev.systole.driver.app.DestroyAllocation2;
import dev.systole.driver.app.DestroyPagingQueue;
import dev.systole.driver.app.Evict;
import dev.systole.driver.app.FreeGpuVirtualAddress;
import dev.systole.driver.app.Lock2;
import dev.systole.driver.app.MakeResident;
import dev.systole.driver.app.MapGpuVirtualAddress;
import dev.systole.driver.app.Unlock2;
import dev.systole.driver.ddi.CloseAllocation;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DestroyAllocation;
import dev.systole.driver.ddi.OpenAllocation;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidmm.PagingQueue;
import dev.systole.driver.dxgk.vidmm.VidMm;
import dev.systole.driver.dxgk.vidmm.VidMmAllocation;
import java.util.ArrayList;
import java.util.List;

/** Thunks about allocations, their addresses and residency. */
final class MemoryThunks {
  /** wddm.md 0, limits. */
  private static final int ALLOCATIONS_PER_CALL_MAX = 1024;

  private static final int RESIDENTS_PER_CALL_MAX = 10_240;

  private final DxgProcess process;

  MemoryThunks(DxgProcess process) {
    this.process = process;
  }

  CreatePagingQueue.Return createPagingQueue(CreatePagingQueue call, SyncThunks sync) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) return noQueue(NtStatus.INVALID_HANDLE);
    var fence = sync.create(device, 0);
    if (fence == null) return noQueue(NtStatus.NO_MEMORY);
    var queue =
        new Device.Queue(device, new PagingQueue(fence.object().fence()), fence.handle().value());
    long handle = process.objects().insert(queue);
    device.objects().put(handle, queue);
    return new CreatePagingQueue.Return(
        NtStatus.SUCCESS, new KmtHandle.PagingQueue(handle), fence.handle(), fence.value());
  }

  private static CreatePagingQueue.Return noQueue(NtStatus status) {
    return new CreatePagingQueue.Return(
        status,
        new KmtHandle.PagingQueue(0),
        new KmtHandle.SyncObject(0),
        new KmtHandle.Mapping(0));
  }

  DestroyPagingQueue.Return destroyPagingQueue(DestroyPagingQueue call, SyncThunks sync) {
    long handle = call.pagingQueue().value();
    var queue = process.objects().find(handle, Device.Queue.class);
    if (queue == null) return new DestroyPagingQueue.Return(NtStatus.INVALID_HANDLE);
    destroy(handle, queue, sync);
    return new DestroyPagingQueue.Return(NtStatus.SUCCESS);
  }

  void destroy(long handle, Device.Queue queue, SyncThunks sync) {
    process.objects().remove(handle);
    queue.device().objects().remove(handle);
    vidMm(queue.device()).drain();
    var fence = process.objects().find(queue.fenceHandle(), Device.SyncObject.class);
    if (fence != null) sync.destroy(queue.fenceHandle(), fence);
  }

  CreateAllocation2.Return createAllocations(CreateAllocation2 call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) return new CreateAllocation2.Return(NtStatus.INVALID_HANDLE, List.of());
    int count = call.allocations().size();
    if (count == 0 || count > ALLOCATIONS_PER_CALL_MAX) {
      return new CreateAllocation2.Return(NtStatus.INVALID_PARAMETER, List.of());
    }
    Adapter adapter = device.adapter().adapter();
    var created =
        adapter
            .kmd()
            .call(
                new CreateAllocation(
                    adapter.kmdAdapter(), call.privateDriverData(), call.allocations()));
    if (!created.status().succeeded()) {
      return new CreateAllocation2.Return(created.status(), List.of());
    }
    var kmdHandles = created.infos().stream().map(CreateAllocation.Info::allocation).toList();
    var opened = adapter.kmd().call(new OpenAllocation(device.kmd(), kmdHandles));
    if (!opened.status().succeeded()) {
      adapter.kmd().call(new DestroyAllocation(adapter.kmdAdapter(), kmdHandles));
      return new CreateAllocation2.Return(opened.status(), List.of());
    }
    var handles = new ArrayList<KmtHandle.Allocation>();
    for (int i = 0; i < count; i++) {
      var memory = vidMm(device).createAllocation(device.scheduling(), created.infos().get(i));
      var allocation = new Device.Allocation(device, memory, opened.opened().get(i));
      long handle = process.objects().insert(allocation);
      device.objects().put(handle, allocation);
      handles.add(new KmtHandle.Allocation(handle));
    }
    return new CreateAllocation2.Return(NtStatus.SUCCESS, handles);
  }

  DestroyAllocation2.Return destroyAllocations(DestroyAllocation2 call) {
    List<Device.Allocation> found = find(call.device(), call.allocations());
    if (found == null) return new DestroyAllocation2.Return(NtStatus.INVALID_HANDLE);
    for (KmtHandle.Allocation handle : call.allocations()) {
      var allocation = process.objects().find(handle.value(), Device.Allocation.class);
      if (allocation != null) destroy(handle.value(), allocation);
    }
    return new DestroyAllocation2.Return(NtStatus.SUCCESS);
  }

  void destroy(long handle, Device.Allocation allocation) {
    Device device = allocation.device();
    Adapter adapter = device.adapter().adapter();
    process.unmap(new Mapping.OfAllocation(allocation.memory()));
    process.objects().remove(handle);
    device.objects().remove(handle);
    vidMm(device).destroyAllocation(allocation.memory());
    DdiDoor kmd = adapter.kmd();
    kmd.call(new CloseAllocation(device.kmd(), List.of(allocation.opened())));
    kmd.call(new DestroyAllocation(adapter.kmdAdapter(), List.of(allocation.memory().handle())));
  }

  MapGpuVirtualAddress.Return map(MapGpuVirtualAddress call) {
    var queue = process.objects().find(call.pagingQueue().value(), Device.Queue.class);
    var allocation = process.objects().find(call.allocation().value(), Device.Allocation.class);
    if (queue == null || allocation == null || allocation.device() != queue.device()) {
      return new MapGpuVirtualAddress.Return(NtStatus.INVALID_HANDLE, 0, 0);
    }
    VidMm.Mapped mapped =
        vidMm(queue.device())
            .map(
                queue.queue(),
                queue.device().adapter().space(),
                allocation.memory(),
                call.offsetPages(),
                call.sizePages(),
                call.baseAddress(),
                call.minimumAddress(),
                call.maximumAddress());
    return new MapGpuVirtualAddress.Return(
        mapped.status(), mapped.address(), mapped.pagingFenceValue());
  }

  FreeGpuVirtualAddress.Return free(FreeGpuVirtualAddress call) {
    var open = process.adapters().find(call.adapter().value(), OpenAdapter.class);
    if (open == null) return new FreeGpuVirtualAddress.Return(NtStatus.INVALID_HANDLE);
    boolean freed =
        open.adapter().vidMm().unmap(open.space(), call.baseAddress(), call.sizeBytes());
    return new FreeGpuVirtualAddress.Return(freed ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER);
  }

  MakeResident.Return makeResident(MakeResident call) {
    var queue = process.objects().find(call.pagingQueue().value(), Device.Queue.class);
    if (queue == null) return new MakeResident.Return(NtStatus.INVALID_HANDLE, 0, 0);
    List<Device.Allocation> found = find(queue.device(), call.allocations());
    if (found == null) return new MakeResident.Return(NtStatus.INVALID_HANDLE, 0, 0);
    if (found.isEmpty() || found.size() > RESIDENTS_PER_CALL_MAX) {
      return new MakeResident.Return(NtStatus.INVALID_PARAMETER, 0, 0);
    }
    List<VidMmAllocation> allocations = found.stream().map(Device.Allocation::memory).toList();
    VidMm vidMm = vidMm(queue.device());
    long bytesToTrim = vidMm.bytesToTrim(allocations);
    if (bytesToTrim > 0) return new MakeResident.Return(NtStatus.NO_MEMORY, 0, bytesToTrim);
    VidMm.Pending pending = vidMm.makeResident(queue.queue(), allocations);
    return new MakeResident.Return(pending.status(), pending.pagingFenceValue(), 0);
  }

  Evict.Return evict(Evict call) {
    List<Device.Allocation> found = find(call.device(), call.allocations());
    if (found == null || found.isEmpty()) return new Evict.Return(NtStatus.INVALID_HANDLE, 0);
    List<VidMmAllocation> allocations = found.stream().map(Device.Allocation::memory).toList();
    VidMm vidMm = vidMm(found.getFirst().device());
    boolean evicted = vidMm.evict(allocations, call.flags().evictOnlyIfNecessary());
    return new Evict.Return(evicted ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER, 0);
  }

  Lock2.Return lock(Lock2 call) {
    List<Device.Allocation> found = find(call.device(), List.of(call.allocation()));
    if (found == null) return new Lock2.Return(NtStatus.INVALID_HANDLE, new KmtHandle.Mapping(0));
    var mapping = new Mapping.OfAllocation(found.getFirst().memory());
    KmtHandle.Mapping present = process.mappingOf(mapping);
    return new Lock2.Return(NtStatus.SUCCESS, present == null ? process.map(mapping) : present);
  }

  Unlock2.Return unlock(Unlock2 call) {
    List<Device.Allocation> found = find(call.device(), List.of(call.allocation()));
    if (found == null) return new Unlock2.Return(NtStatus.INVALID_HANDLE);
    var mapping = new Mapping.OfAllocation(found.getFirst().memory());
    if (process.mappingOf(mapping) == null) return new Unlock2.Return(NtStatus.INVALID_PARAMETER);
    process.unmap(mapping);
    return new Unlock2.Return(NtStatus.SUCCESS);
  }

  /** The allocations of a device, or null when one of the handles is not of it. */
  private List<Device.Allocation> find(
      KmtHandle.Device deviceHandle, List<KmtHandle.Allocation> handles) {
    Device device = process.objects().find(deviceHandle.value(), Device.class);
    return device == null ? null : find(device, handles);
  }

  private List<Device.Allocation> find(Device device, List<KmtHandle.Allocation> handles) {
    var found = new ArrayList<Device.Allocation>();
    for (KmtHandle.Allocation handle : handles) {
      var allocation = process.objects().find(handle.value(), Device.Allocation.class);
      if (allocation == null || allocation.device() != device) return null;
      found.add(allocation);
    }
    return found;
  }

  private static VidMm vidMm(Device device) {
    return device.adapter().adapter().vidMm();
  }
}
