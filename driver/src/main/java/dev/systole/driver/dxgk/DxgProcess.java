package dev.systole.driver.dxgk;

import dev.systole.driver.app.AccessViolationException;
import dev.systole.driver.app.AppCall;
import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.AppReturn;
import dev.systole.driver.app.CloseAdapter;
import dev.systole.driver.app.CreateAllocation2;
import dev.systole.driver.app.CreateContextVirtual;
import dev.systole.driver.app.CreateDevice;
import dev.systole.driver.app.CreatePagingQueue;
import dev.systole.driver.app.CreateSynchronizationObject2;
import dev.systole.driver.app.DestroyAllocation2;
import dev.systole.driver.app.DestroyContext;
import dev.systole.driver.app.DestroyDevice;
import dev.systole.driver.app.DestroyPagingQueue;
import dev.systole.driver.app.DestroySynchronizationObject;
import dev.systole.driver.app.Evict;
import dev.systole.driver.app.FreeGpuVirtualAddress;
import dev.systole.driver.app.GetDeviceState;
import dev.systole.driver.app.Lock2;
import dev.systole.driver.app.MakeResident;
import dev.systole.driver.app.MapGpuVirtualAddress;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.app.QueryAdapterInfo;
import dev.systole.driver.app.SignalSynchronizationObjectFromCpu;
import dev.systole.driver.app.SignalSynchronizationObjectFromGpu;
import dev.systole.driver.app.SubmitCommand;
import dev.systole.driver.app.Unlock2;
import dev.systole.driver.app.WaitForSynchronizationObjectFromCpu;
import dev.systole.driver.app.WaitForSynchronizationObjectFromGpu;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.door.KmtHandle;
import dev.systole.gpu.door.HealthDoor;
import java.util.Map;
import java.util.TreeMap;

/** A process: its handles and mappings, and the kernel's end of its app door. */
final class DxgProcess implements AppDoor {
  private static final long MAPPINGS_START = 0x200_0000_0000L;
  private static final long MAPPINGS_ALIGNMENT = 0x1_0000;

  private final String name;
  private final int pid;
  private final Dxgkrnl dxgkrnl;
  private final HandleTable adapters = new HandleTable();
  private final HandleTable objects = new HandleTable();
  private final Map<Long, Mapping> mappings = new TreeMap<>();
  private final AdapterThunks adapterThunks;
  private final DeviceThunks deviceThunks;
  private final MemoryThunks memoryThunks;
  private final SyncThunks syncThunks;
  private final UserTime userTime;
  private long nextMapping = MAPPINGS_START;

  /** The mapping that was found last: accesses come in runs. */
  private Mapping lastMapping;

  private long lastHandle;

  DxgProcess(String name, int pid, Dxgkrnl dxgkrnl, HealthDoor health) {
    this.name = name;
    this.pid = pid;
    this.dxgkrnl = dxgkrnl;
    userTime = new UserTime(dxgkrnl.cpu());
    memoryThunks = new MemoryThunks(this);
    syncThunks = new SyncThunks(this);
    deviceThunks = new DeviceThunks(this, health, memoryThunks, syncThunks);
    adapterThunks = new AdapterThunks(this, deviceThunks);
  }

  String name() {
    return name;
  }

  int pid() {
    return pid;
  }

  Dxgkrnl dxgkrnl() {
    return dxgkrnl;
  }

  /** Adapters have a table of their own (wddm.md 0). */
  HandleTable adapters() {
    return adapters;
  }

  HandleTable objects() {
    return objects;
  }

  /** Whatever the process leaves behind goes when it ends. */
  void exit() {
    adapterThunks.closeAll();
  }

  @Override
  @SuppressWarnings("unchecked") // the type of a call names the type of its return
  public <R extends AppReturn> R call(AppCall<R> call) {
    userTime.beforeCall();
    AppReturn result =
        switch (call) {
          case OpenAdapterFromLuid c -> adapterThunks.open(c);
          case QueryAdapterInfo c -> adapterThunks.query(c);
          case CloseAdapter c -> adapterThunks.close(c);
          case CreateDevice c -> deviceThunks.createDevice(c);
          case DestroyDevice c -> deviceThunks.destroyDevice(c);
          case GetDeviceState c -> deviceThunks.deviceState(c);
          case CreateContextVirtual c -> deviceThunks.createContext(c);
          case DestroyContext c -> deviceThunks.destroyContext(c);
          case SubmitCommand c -> deviceThunks.submit(c);
          case CreatePagingQueue c -> memoryThunks.createPagingQueue(c, syncThunks);
          case DestroyPagingQueue c -> memoryThunks.destroyPagingQueue(c, syncThunks);
          case CreateAllocation2 c -> memoryThunks.createAllocations(c);
          case DestroyAllocation2 c -> memoryThunks.destroyAllocations(c);
          case MapGpuVirtualAddress c -> memoryThunks.map(c);
          case FreeGpuVirtualAddress c -> memoryThunks.free(c);
          case MakeResident c -> memoryThunks.makeResident(c);
          case Evict c -> memoryThunks.evict(c);
          case Lock2 c -> memoryThunks.lock(c);
          case Unlock2 c -> memoryThunks.unlock(c);
          case CreateSynchronizationObject2 c -> syncThunks.create(c);
          case DestroySynchronizationObject c -> syncThunks.destroy(c);
          case SignalSynchronizationObjectFromCpu c -> syncThunks.signalFromCpu(c);
          case SignalSynchronizationObjectFromGpu c -> syncThunks.signalFromGpu(c);
          case WaitForSynchronizationObjectFromCpu c -> syncThunks.waitFromCpu(c);
          case WaitForSynchronizationObjectFromGpu c -> syncThunks.waitFromGpu(c);
        };
    return (R) result;
  }

  /** Lets the process see something at a new address. */
  KmtHandle.Mapping map(Mapping mapping) {
    long address = nextMapping;
    mappings.put(address, mapping);
    nextMapping += -(-mapping.sizeBytes() & -MAPPINGS_ALIGNMENT);
    return new KmtHandle.Mapping(address);
  }

  /** Takes what it sees away again. */
  void unmap(Mapping mapping) {
    mappings.values().remove(mapping);
    lastHandle = 0;
    lastMapping = null;
  }

  /** The address at which the process sees something already, or null. */
  KmtHandle.Mapping mappingOf(Mapping mapping) {
    return mappings.entrySet().stream()
        .filter(entry -> entry.getValue().equals(mapping))
        .findFirst()
        .map(entry -> new KmtHandle.Mapping(entry.getKey()))
        .orElse(null);
  }

  @Override
  public long busAddress(KmtHandle.Mapping mapping, long offsetBytes) {
    return locate(mapping, offsetBytes, 1, false);
  }

  @Override
  public int read32(KmtHandle.Mapping mapping, long offsetBytes) {
    return dxgkrnl.mapped().read32(read(mapping, offsetBytes, Integer.BYTES));
  }

  @Override
  public void write32(KmtHandle.Mapping mapping, long offsetBytes, int value) {
    dxgkrnl.mapped().write32(write(mapping, offsetBytes, Integer.BYTES), value);
  }

  @Override
  public long read64(KmtHandle.Mapping mapping, long offsetBytes) {
    return dxgkrnl.mapped().read64(read(mapping, offsetBytes, Long.BYTES));
  }

  @Override
  public void write64(KmtHandle.Mapping mapping, long offsetBytes, long value) {
    dxgkrnl.mapped().write64(write(mapping, offsetBytes, Long.BYTES), value);
  }

  @Override
  public void read(
      KmtHandle.Mapping mapping, long offsetBytes, byte[] target, int from, int lengthBytes) {
    dxgkrnl.mapped().read(read(mapping, offsetBytes, lengthBytes), target, from, lengthBytes);
  }

  @Override
  public void write(
      KmtHandle.Mapping mapping, long offsetBytes, byte[] source, int from, int lengthBytes) {
    dxgkrnl.mapped().write(write(mapping, offsetBytes, lengthBytes), source, from, lengthBytes);
  }

  private long read(KmtHandle.Mapping handle, long offsetBytes, int lengthBytes) {
    userTime.beforeRead(handle, offsetBytes);
    return locate(handle, offsetBytes, lengthBytes, false);
  }

  private long write(KmtHandle.Mapping handle, long offsetBytes, int lengthBytes) {
    userTime.beforeWrite();
    return locate(handle, offsetBytes, lengthBytes, true);
  }

  private long locate(KmtHandle.Mapping handle, long offsetBytes, int lengthBytes, boolean write) {
    if (handle.value() != lastHandle) {
      lastHandle = handle.value();
      lastMapping = mappings.get(lastHandle);
    }
    Mapping mapping = lastMapping;
    long page = offsetBytes / SystemMemory.PAGE_BYTES;
    boolean onePage = (offsetBytes + lengthBytes - 1) / SystemMemory.PAGE_BYTES == page;
    if (mapping == null
        || offsetBytes < 0
        || offsetBytes > mapping.sizeBytes() - lengthBytes
        || !onePage
        || write && mapping instanceof Mapping.OfFence) {
      throw new AccessViolationException(
          "%s of %d bytes at 0x%x + 0x%x"
              .formatted(write ? "write" : "read", lengthBytes, handle.value(), offsetBytes));
    }
    return switch (mapping) {
      case Mapping.OfAllocation seen -> dxgkrnl.vidMm().busAddress(seen.allocation(), offsetBytes);
      case Mapping.OfFence seen -> seen.busAddress() + offsetBytes;
    };
  }
}
