package dev.systole.driver.umd;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.CloseAdapter;
import dev.systole.driver.app.CreateAllocation2;
import dev.systole.driver.app.CreateContextVirtual;
import dev.systole.driver.app.CreateDevice;
import dev.systole.driver.app.CreatePagingQueue;
import dev.systole.driver.app.CreateSynchronizationObject2;
import dev.systole.driver.app.DestroyDevice;
import dev.systole.driver.app.DestroyPagingQueue;
import dev.systole.driver.app.DeviceState;
import dev.systole.driver.app.GetDeviceState;
import dev.systole.driver.app.MakeResident;
import dev.systole.driver.app.MapGpuVirtualAddress;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.app.QueryAdapterInfo;
import dev.systole.driver.app.WaitForSynchronizationObjectFromCpu;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.door.Structure;
import dev.systole.driver.vendor.AdapterDescription;
import dev.systole.driver.vendor.AllocationRequest;
import dev.systole.driver.vendor.AllocationRequest.Usage;
import dev.systole.spec.EngineClass;
import java.util.ArrayList;
import java.util.List;

/** A device on the first adapter, and what an application makes on it. */
public final class UserModeDevice implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final Thunks thunks;
  private final KmtHandle.Adapter adapter;
  private final AdapterDescription description;
  private final KmtHandle.Device handle;
  private final CreatePagingQueue.Return paging;
  private final List<GpuContext> contexts = new ArrayList<>();
  private final List<GpuBuffer> buffers = new ArrayList<>();

  private UserModeDevice(Thunks thunks) {
    this.thunks = thunks;
    adapter = thunks.call(new OpenAdapterFromLuid(OpenAdapterFromLuid.FIRST_ADAPTER)).adapter();
    int bytes = Structure.sizeBytes(AdapterDescription.class);
    description =
        Structure.decode(
            AdapterDescription.class,
            thunks.call(new QueryAdapterInfo(adapter, bytes)).privateDriverData());
    handle = thunks.call(new CreateDevice(adapter)).device();
    paging = thunks.call(new CreatePagingQueue(handle));
  }

  /** Opens the first adapter and makes a device on it; waits until the adapter has started. */
  public static UserModeDevice open(AppDoor door) {
    return new UserModeDevice(new Thunks(door));
  }

  /** A context on the render or the copy engine. */
  public GpuContext createContext(EngineClass engine) {
    int node =
        switch (engine) {
          case RENDER -> description.renderNode();
          case COPY -> description.copyNode();
          case VIDEO, VIDEO_ENHANCE, COMPUTE ->
              throw new IllegalArgumentException("no node for " + engine);
        };
    var created = thunks.call(new CreateContextVirtual(handle, node, 1, Blob.EMPTY));
    var context = new GpuContext(this, created.context());
    contexts.add(context);
    return context;
  }

  /** A zeroed buffer in graphics memory, resident. */
  public GpuBuffer createBuffer(long sizeBytes) {
    GpuBuffer buffer = createBuffer(sizeBytes, Usage.SURFACE);
    buffers.add(buffer);
    return buffer;
  }

  /** A buffer in graphics memory with a content; it is uploaded when the buffer gets resident. */
  public GpuBuffer createBuffer(byte[] content) {
    KmtHandle.Allocation allocation = allocate(content.length, Usage.SURFACE);
    var buffer = new GpuBuffer(this, allocation, content.length, map(allocation, content.length));
    buffer.write(0, content);
    makeResident(List.of(allocation));
    buffers.add(buffer);
    return buffer;
  }

  GpuBuffer createBuffer(long sizeBytes, Usage usage) {
    KmtHandle.Allocation allocation = allocate(sizeBytes, usage);
    long gpuAddress = map(allocation, sizeBytes);
    makeResident(List.of(allocation));
    return new GpuBuffer(this, allocation, sizeBytes, gpuAddress);
  }

  private KmtHandle.Allocation allocate(long sizeBytes, Usage usage) {
    Blob request = Structure.encode(new AllocationRequest(sizeBytes, usage));
    return thunks
        .call(new CreateAllocation2(handle, Blob.EMPTY, List.of(request)))
        .allocations()
        .getFirst();
  }

  private long map(KmtHandle.Allocation allocation, long sizeBytes) {
    long pages = Math.ceilDiv(sizeBytes, PAGE_BYTES);
    var mapped =
        thunks.call(new MapGpuVirtualAddress(paging.pagingQueue(), 0, 0, 0, allocation, 0, pages));
    awaitPaging(mapped.status(), mapped.pagingFenceValue());
    return mapped.virtualAddress();
  }

  void makeResident(List<KmtHandle.Allocation> allocations) {
    var resident = thunks.call(new MakeResident(paging.pagingQueue(), allocations));
    awaitPaging(resident.status(), resident.pagingFenceValue());
  }

  private void awaitPaging(NtStatus status, long pagingFenceValue) {
    if (!status.equals(NtStatus.PENDING)) return;
    thunks.call(
        new WaitForSynchronizationObjectFromCpu(
            handle, List.of(paging.syncObject()), List.of(pagingFenceValue)));
  }

  /** A fence for waits between contexts, and between them and the CPU. */
  public GpuFence createFence(long initialValue) {
    var created = thunks.call(new CreateSynchronizationObject2(handle, initialValue));
    return new GpuFence(
        this, created.syncObject(), created.fenceValue(), created.fenceValueGpuVirtualAddress());
  }

  /** Whether the device is well or in error. */
  public DeviceState state() {
    return thunks.call(new GetDeviceState(handle)).state();
  }

  /** Waits for what was submitted and gives everything back. */
  @Override
  public void close() {
    contexts.reversed().forEach(GpuContext::destroy);
    buffers.reversed().forEach(GpuBuffer::destroy);
    thunks.call(new DestroyPagingQueue(paging.pagingQueue()));
    thunks.call(new DestroyDevice(handle));
    thunks.call(new CloseAdapter(adapter));
  }

  Thunks thunks() {
    return thunks;
  }

  KmtHandle.Device handle() {
    return handle;
  }
}
