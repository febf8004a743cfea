package dev.systole.driver.dxgk;

import dev.systole.driver.app.CreateContextVirtual;
import dev.systole.driver.app.CreateDevice;
import dev.systole.driver.app.DestroyContext;
import dev.systole.driver.app.DestroyDevice;
import dev.systole.driver.app.DeviceState;
import dev.systole.driver.app.GetDeviceState;
import dev.systole.driver.app.SubmitCommand;
import dev.systole.driver.ddi.CreateContext;
import dev.systole.driver.ddi.SetRootPageTable;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidmm.AddressSpace;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import dev.systole.gpu.door.HealthDoor;
import java.util.List;
import java.util.function.BiConsumer;

/** Thunks about devices, their contexts and submission. */
final class DeviceThunks {
  private static final CreateContext.Flags VIRTUAL = new CreateContext.Flags(false, false, true);

  private final DxgProcess process;
  private final HealthDoor health;
  private final MemoryThunks memory;
  private final SyncThunks sync;
  private int devices;

  DeviceThunks(DxgProcess process, HealthDoor health, MemoryThunks memory, SyncThunks sync) {
    this.process = process;
    this.health = health;
    this.memory = memory;
    this.sync = sync;
  }

  CreateDevice.Return createDevice(CreateDevice call) {
    OpenAdapter open = process.adapters().find(call.adapter().value(), OpenAdapter.class);
    if (open == null) {
      return new CreateDevice.Return(NtStatus.INVALID_HANDLE, new KmtHandle.Device(0));
    }
    var created =
        open.adapter()
            .kmd()
            .call(
                new dev.systole.driver.ddi.CreateDevice(
                    open.adapter().kmdAdapter(),
                    new KernelHandle.DxgkDevice(
                        process.dxgkrnl().handles().next(HandleMaker.DEVICE)),
                    new dev.systole.driver.ddi.CreateDevice.Flags(false, false),
                    0,
                    open.kmdProcess()));
    if (!created.status().succeeded()) {
      return new CreateDevice.Return(created.status(), new KmtHandle.Device(0));
    }
    int number = ++devices;
    var scheduling =
        open.adapter()
            .scheduler()
            .addDevice(() -> health.deviceError(process.name(), process.pid(), number));
    FencePage fencePage = FencePage.create(open, scheduling);
    if (fencePage == null) {
      open.adapter().scheduler().removeDevice(scheduling);
      open.adapter().kmd().call(new dev.systole.driver.ddi.DestroyDevice(created.device()));
      return new CreateDevice.Return(NtStatus.NO_MEMORY, new KmtHandle.Device(0));
    }
    var device = new Device(open, created.device(), scheduling, fencePage);
    long handle = process.objects().insert(device);
    open.devices().put(handle, device);
    return new CreateDevice.Return(NtStatus.SUCCESS, new KmtHandle.Device(handle));
  }

  DestroyDevice.Return destroyDevice(DestroyDevice call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) return new DestroyDevice.Return(NtStatus.INVALID_HANDLE);
    destroy(call.device().value(), device);
    return new DestroyDevice.Return(NtStatus.SUCCESS);
  }

  /**
   * What is queued is dropped. Contexts go first, then allocations, paging queues and fences; the
   * device is the last.
   */
  void destroy(long handle, Device device) {
    process.objects().remove(handle);
    device.adapter().devices().remove(handle);
    Scheduler scheduler = device.adapter().adapter().scheduler();
    each(device, Device.Context.class, (_, context) -> scheduler.cancel(context.queue()));
    each(device, Device.Context.class, this::destroy);
    each(device, Device.Allocation.class, memory::destroy);
    each(device, Device.Queue.class, (queue, it) -> memory.destroy(queue, it, sync));
    each(device, Device.SyncObject.class, sync::destroy);
    device.fencePage().destroy();
    Adapter adapter = device.adapter().adapter();
    adapter.kmd().call(new dev.systole.driver.ddi.DestroyDevice(device.kmd()));
    adapter.scheduler().removeDevice(device.scheduling());
  }

  private static <T> void each(Device device, Class<T> type, BiConsumer<Long, T> action) {
    for (var entry : List.copyOf(device.objects().entrySet())) {
      if (type.isInstance(entry.getValue())) {
        action.accept(entry.getKey(), type.cast(entry.getValue()));
      }
    }
  }

  GetDeviceState.Return deviceState(GetDeviceState call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    return device == null
        ? new GetDeviceState.Return(NtStatus.INVALID_HANDLE, DeviceState.ACTIVE)
        : new GetDeviceState.Return(NtStatus.SUCCESS, device.state());
  }

  CreateContextVirtual.Return createContext(CreateContextVirtual call) {
    Device device = process.objects().find(call.device().value(), Device.class);
    if (device == null) return noContext(NtStatus.INVALID_HANDLE);
    Adapter adapter = device.adapter().adapter();
    if (device.scheduling().inError()) return noContext(NtStatus.DEVICE_REMOVED);
    if (call.nodeOrdinal() < 0 || call.nodeOrdinal() >= adapter.nodes()) {
      return noContext(NtStatus.INVALID_PARAMETER);
    }
    var created =
        adapter
            .kmd()
            .call(
                new CreateContext(
                    device.kmd(),
                    call.nodeOrdinal(),
                    call.engineAffinity(),
                    VIRTUAL,
                    call.privateDriverData()));
    if (!created.status().succeeded()) return noContext(created.status());
    AddressSpace space = device.adapter().space();
    adapter
        .kmd()
        .call(
            new SetRootPageTable(
                adapter.kmdAdapter(), created.context(), space.root(), space.rootEntries()));
    var queue =
        adapter
            .scheduler()
            .addContext(device.scheduling(), created.context(), call.nodeOrdinal(), false);
    var context = new Device.Context(device, created.context(), queue);
    long handle = process.objects().insert(context);
    device.objects().put(handle, context);
    return new CreateContextVirtual.Return(NtStatus.SUCCESS, new KmtHandle.Context(handle));
  }

  private static CreateContextVirtual.Return noContext(NtStatus status) {
    return new CreateContextVirtual.Return(status, new KmtHandle.Context(0));
  }

  DestroyContext.Return destroyContext(DestroyContext call) {
    long handle = call.context().value();
    var context = process.objects().find(handle, Device.Context.class);
    if (context == null) return new DestroyContext.Return(NtStatus.INVALID_HANDLE);
    destroy(handle, context);
    return new DestroyContext.Return(NtStatus.SUCCESS);
  }

  private void destroy(long handle, Device.Context context) {
    context.device().objects().remove(handle);
    process.objects().remove(handle);
    Adapter adapter = context.device().adapter().adapter();
    adapter.scheduler().drain(context.queue());
    adapter.scheduler().removeContext(context.queue());
    adapter.kmd().call(new dev.systole.driver.ddi.DestroyContext(context.kmd()));
  }

  SubmitCommand.Return submit(SubmitCommand call) {
    var context = process.objects().find(call.context().value(), Device.Context.class);
    if (context == null) return new SubmitCommand.Return(NtStatus.INVALID_HANDLE);
    boolean aligned = (call.commands() & 7) == 0 && (call.commandBytes() & 7) == 0;
    if (!aligned || call.commandBytes() <= 0) {
      return new SubmitCommand.Return(NtStatus.INVALID_PARAMETER);
    }
    Adapter adapter = context.device().adapter().adapter();
    return new SubmitCommand.Return(
        adapter
            .scheduler()
            .submit(
                context.queue(), call.commands(), call.commandBytes(), call.privateDriverData()));
  }
}
