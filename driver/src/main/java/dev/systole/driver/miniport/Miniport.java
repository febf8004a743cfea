package dev.systole.driver.miniport;

import dev.systole.driver.core.GpuCore;
import dev.systole.driver.ddi.AddDevice;
import dev.systole.driver.ddi.BuildPagingBuffer;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CloseAllocation;
import dev.systole.driver.ddi.CreateAllocation;
import dev.systole.driver.ddi.CreateContext;
import dev.systole.driver.ddi.CreateDevice;
import dev.systole.driver.ddi.CreateProcess;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DdiReturn;
import dev.systole.driver.ddi.DestroyAllocation;
import dev.systole.driver.ddi.DestroyContext;
import dev.systole.driver.ddi.DestroyDevice;
import dev.systole.driver.ddi.DestroyProcess;
import dev.systole.driver.ddi.DpcRoutine;
import dev.systole.driver.ddi.DriverEntry;
import dev.systole.driver.ddi.DxgkInitialize;
import dev.systole.driver.ddi.GetNodeMetadata;
import dev.systole.driver.ddi.GetRootPageTableSize;
import dev.systole.driver.ddi.InterruptRoutine;
import dev.systole.driver.ddi.OpenAllocation;
import dev.systole.driver.ddi.QueryAdapterInfo;
import dev.systole.driver.ddi.RemoveDevice;
import dev.systole.driver.ddi.SetRootPageTable;
import dev.systole.driver.ddi.StartDevice;
import dev.systole.driver.ddi.StopDevice;
import dev.systole.driver.ddi.SubmitCommandVirtual;
import dev.systole.driver.ddi.Unload;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.gpu.door.HealthDoor;

/** The loaded image: its entry points and, between AddDevice and RemoveDevice, its adapter. */
public final class Miniport implements DdiDoor {
  private final GpuCore core;
  private final CallbackDoor dxgkrnl;
  private final HealthDoor health;
  private final HandleMaker handles = new HandleMaker();
  private KernelHandle.KmdAdapter handle;
  private MiniportAdapter adapter;

  /** An image for the one GPU that {@code core} drives; {@code health} gets its log. */
  public Miniport(GpuCore core, CallbackDoor dxgkrnl, HealthDoor health) {
    this.core = core;
    this.dxgkrnl = dxgkrnl;
    this.health = health;
  }

  @Override
  @SuppressWarnings("unchecked") // the type of a call names the type of its return
  public <R extends DdiReturn> R call(DdiCall<R> call) {
    DdiReturn result =
        switch (call) {
          case DriverEntry c -> driverEntry(c);
          case AddDevice _ -> addDevice();
          case StartDevice c -> adapter(c.adapter()).start(c);
          case StopDevice c -> adapter(c.adapter()).stop();
          case RemoveDevice c -> removeDevice(c);
          case Unload _ -> new Unload.Return();
          case InterruptRoutine c -> adapter(c.adapter()).interrupt();
          case DpcRoutine c -> adapter(c.adapter()).dpc();
          case QueryAdapterInfo c -> adapter(c.adapter()).info().answer(c);
          case GetNodeMetadata c -> adapter(c.adapter()).info().node(c);
          case CreateProcess c -> adapter(c.adapter()).createProcess(c);
          case DestroyProcess c -> adapter(c.adapter()).destroyProcess(c);
          case CreateDevice c -> adapter(c.adapter()).createDevice(c);
          case DestroyDevice c -> adapter.destroyDevice(c);
          case CreateContext c -> adapter.createContext(c);
          case DestroyContext c -> adapter.destroyContext(c);
          case SetRootPageTable c -> adapter(c.adapter()).setRootPageTable(c);
          case GetRootPageTableSize c -> adapter(c.adapter()).rootPageTableSize(c);
          case CreateAllocation c -> adapter(c.adapter()).allocations().create(c);
          case DestroyAllocation c -> adapter(c.adapter()).allocations().destroy(c);
          case OpenAllocation c -> adapter.allocations().open(c);
          case CloseAllocation c -> adapter.allocations().close(c);
          case BuildPagingBuffer c -> adapter(c.adapter()).paging().build(c);
          case SubmitCommandVirtual c -> adapter.submit(c);
        };
    return (R) result;
  }

  private DriverEntry.Return driverEntry(DriverEntry call) {
    var registered =
        dxgkrnl.call(
            new DxgkInitialize(
                call.driverObject(),
                call.registryPath(),
                DxgkInitialize.VERSION_WDDM2_0,
                DdiCall.slots()));
    return new DriverEntry.Return(registered.status());
  }

  private AddDevice.Return addDevice() {
    handle = new KernelHandle.KmdAdapter(handles.next(HandleMaker.ADAPTER));
    adapter = new MiniportAdapter(core, dxgkrnl, health, handles);
    return new AddDevice.Return(NtStatus.SUCCESS, handle);
  }

  private RemoveDevice.Return removeDevice(RemoveDevice call) {
    adapter(call.adapter());
    adapter = null;
    return new RemoveDevice.Return(NtStatus.SUCCESS);
  }

  private MiniportAdapter adapter(KernelHandle.KmdAdapter named) {
    if (adapter == null || !named.equals(handle)) {
      throw new IllegalStateException("no adapter is named " + Long.toHexString(named.value()));
    }
    return adapter;
  }
}
