package dev.systole.driver.miniport;

import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreContext;
import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.GpuCore;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CreateContext;
import dev.systole.driver.ddi.CreateDevice;
import dev.systole.driver.ddi.CreateProcess;
import dev.systole.driver.ddi.DestroyContext;
import dev.systole.driver.ddi.DestroyDevice;
import dev.systole.driver.ddi.DestroyProcess;
import dev.systole.driver.ddi.DpcRoutine;
import dev.systole.driver.ddi.GetDeviceInformation;
import dev.systole.driver.ddi.GetRootPageTableSize;
import dev.systole.driver.ddi.InterruptData;
import dev.systole.driver.ddi.InterruptRoutine;
import dev.systole.driver.ddi.NotifyDpc;
import dev.systole.driver.ddi.NotifyInterrupt;
import dev.systole.driver.ddi.QueueDpc;
import dev.systole.driver.ddi.SetRootPageTable;
import dev.systole.driver.ddi.StartDevice;
import dev.systole.driver.ddi.StopDevice;
import dev.systole.driver.ddi.SubmitCommandVirtual;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.spec.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The driver's adapter: processes, devices and contexts on the core. */
final class MiniportAdapter {
  /** KERN_ERR. */
  private static final int LOG_ERROR = 3;

  private static final CreateContext.Info GPU_VIRTUAL =
      new CreateContext.Info(0, 0, 0, 0, 0, new CreateContext.Caps(true, false), 0);

  /** A context; the core's comes with its page tables. */
  private static final class Context {
    private final ContextOwner owner;
    private final int node;
    private CoreContext core;

    private Context(ContextOwner owner, int node) {
      this.owner = owner;
      this.node = node;
    }
  }

  private final GpuCore core;
  private final CallbackDoor dxgkrnl;
  private final HealthDoor health;
  private final HandleMaker handles;
  private final ObjectTable<KernelHandle.KmdProcess, ContextOwner> processes = new ObjectTable<>();
  private final ObjectTable<KernelHandle.KmdDevice, ContextOwner> devices = new ObjectTable<>();
  private final ObjectTable<KernelHandle.KmdContext, Context> contexts = new ObjectTable<>();
  private final Allocations allocations;
  private final List<NodeFences> fences = new ArrayList<>();
  private KernelHandle.DxgkAdapter deviceHandle;
  private List<Engine> nodes;
  private GraphicsMemory memory;
  private AdapterInfo info;
  private Paging paging;

  MiniportAdapter(GpuCore core, CallbackDoor dxgkrnl, HealthDoor health, HandleMaker handles) {
    this.core = core;
    this.dxgkrnl = dxgkrnl;
    this.health = health;
    this.handles = handles;
    allocations = new Allocations(handles);
  }

  AdapterInfo info() {
    return info;
  }

  Allocations allocations() {
    return allocations;
  }

  Paging paging() {
    return paging;
  }

  /** In the order of wddm.md 4.2, step 5: the callbacks, the device, the hardware. */
  StartDevice.Return start(StartDevice call) {
    deviceHandle = call.deviceHandle();
    NtStatus found = dxgkrnl.call(new GetDeviceInformation(deviceHandle)).status();
    if (!found.succeeded()) return new StartDevice.Return(found, 0, 0);
    try {
      core.load();
    } catch (DeviceException e) {
      health.dmesg(LOG_ERROR, e.getMessage());
      return new StartDevice.Return(NtStatus.DEVICE_HARDWARE_ERROR, 0, 0);
    }
    nodes = core.engines();
    nodes.forEach(_ -> fences.add(new NodeFences()));
    memory = new GraphicsMemory(core.memory());
    info = new AdapterInfo(nodes, memory);
    paging = new Paging(core.memory(), core.pageTables(), memory);
    return new StartDevice.Return(NtStatus.SUCCESS, 0, 0);
  }

  StopDevice.Return stop() {
    memory.free();
    core.unload();
    fences.clear();
    return new StopDevice.Return(NtStatus.SUCCESS);
  }

  InterruptRoutine.Return interrupt() {
    return new InterruptRoutine.Return(core.interrupt());
  }

  DpcRoutine.Return dpc() {
    dxgkrnl.call(new NotifyDpc(deviceHandle));
    return new DpcRoutine.Return();
  }

  CreateProcess.Return createProcess(CreateProcess call) {
    var handle = new KernelHandle.KmdProcess(handles.next(HandleMaker.PROCESS));
    processes.put(handle, new ContextOwner(call.processName(), call.processId()));
    return new CreateProcess.Return(NtStatus.SUCCESS, handle);
  }

  DestroyProcess.Return destroyProcess(DestroyProcess call) {
    processes.remove(call.process());
    return new DestroyProcess.Return(NtStatus.SUCCESS);
  }

  CreateDevice.Return createDevice(CreateDevice call) {
    var handle = new KernelHandle.KmdDevice(handles.next(HandleMaker.DEVICE));
    devices.put(handle, processes.get(call.process()));
    return new CreateDevice.Return(NtStatus.SUCCESS, handle);
  }

  DestroyDevice.Return destroyDevice(DestroyDevice call) {
    devices.remove(call.device());
    return new DestroyDevice.Return(NtStatus.SUCCESS);
  }

  CreateContext.Return createContext(CreateContext call) {
    ContextOwner owner = devices.get(call.device());
    boolean known = call.nodeOrdinal() >= 0 && call.nodeOrdinal() < nodes.size();
    if (!known || !call.flags().virtualAddressing()) {
      return new CreateContext.Return(
          NtStatus.INVALID_PARAMETER, new KernelHandle.KmdContext(0), GPU_VIRTUAL);
    }
    var handle = new KernelHandle.KmdContext(handles.next(HandleMaker.CONTEXT));
    contexts.put(handle, new Context(owner, call.nodeOrdinal()));
    return new CreateContext.Return(NtStatus.SUCCESS, handle, GPU_VIRTUAL);
  }

  DestroyContext.Return destroyContext(DestroyContext call) {
    Context context = contexts.remove(call.context());
    if (context.core != null) context.core.destroy();
    return new DestroyContext.Return(NtStatus.SUCCESS);
  }

  SetRootPageTable.Return setRootPageTable(SetRootPageTable call) {
    Context context = contexts.get(call.context());
    long root = memory.busAddress(call.address());
    if (context.core == null) {
      context.core = core.createContext(nodes.get(context.node), context.owner, root, 0);
    } else {
      context.core.setPageTableRoot(root);
    }
    return new SetRootPageTable.Return();
  }

  GetRootPageTableSize.Return rootPageTableSize(GetRootPageTableSize call) {
    long bytes = (long) call.numberOfPte() * Long.BYTES;
    return new GetRootPageTableSize.Return(
        Math.ceilDiv(bytes, SystemMemory.PAGE_BYTES) * SystemMemory.PAGE_BYTES);
  }

  /** A context that a reset found guilty is lost: it takes no more commands (wddm.md 1.11). */
  SubmitCommandVirtual.Return submit(SubmitCommandVirtual call) {
    Context context = contexts.get(call.context());
    if (context.core.inError()) {
      return new SubmitCommandVirtual.Return(NtStatus.INVALID_PARAMETER);
    }
    NodeFences.Entry entry = fences.get(context.node).add(call.submissionFenceId());
    int end = call.flags().paging() ? Paging.END_BYTES : 0;
    context.core.submit(
        call.dmaBufferVirtualAddress(),
        call.dmaBufferBytes() + end,
        _ -> completed(context.node, entry));
    return new SubmitCommandVirtual.Return(NtStatus.SUCCESS);
  }

  private void completed(int node, NodeFences.Entry entry) {
    OptionalInt newest = fences.get(node).complete(entry);
    if (newest.isEmpty()) return;
    dxgkrnl.call(
        new NotifyInterrupt(
            deviceHandle, new InterruptData.DmaCompleted(newest.getAsInt(), node, 0)));
    dxgkrnl.call(new QueueDpc(deviceHandle));
  }
}
