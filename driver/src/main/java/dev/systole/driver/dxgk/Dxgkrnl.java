package dev.systole.driver.dxgk;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.app.OpenAdapterFromLuid;
import dev.systole.driver.core.MemoryAccess;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DdiCall;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DriverEntry;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.ddi.DxgkInitialize;
import dev.systole.driver.ddi.GetDeviceInformation;
import dev.systole.driver.ddi.NotifyDpc;
import dev.systole.driver.ddi.NotifyInterrupt;
import dev.systole.driver.ddi.QueueDpc;
import dev.systole.driver.ddi.Unload;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidmm.VidMm;
import dev.systole.gpu.door.HealthDoor;
import java.util.function.Supplier;

/** Dxgkrnl: loads the driver, owns the adapter, and answers the driver's callbacks. */
public final class Dxgkrnl implements CallbackDoor {
  private static final String REGISTRY_PATH =
      "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\systole";

  private enum Boot {
    NOT_YET,
    RUNNING,
    FAILED
  }

  private final Cpu cpu;
  private final Supplier<SystemMemory> memory;
  private final Supplier<? extends MemoryAccess> mapped;
  private final DdiDoor kmd;
  private final HealthDoor health;
  private final HandleMaker handles = new HandleMaker();
  private final KernelHandle.DriverObject driverObject =
      new KernelHandle.DriverObject(handles.next(HandleMaker.OTHER));
  private final KernelHandle.PhysicalDeviceObject physicalDevice =
      new KernelHandle.PhysicalDeviceObject(handles.next(HandleMaker.OTHER));
  private final WaitQueue booted = new WaitQueue("the adapter to start");
  private Boot boot = Boot.NOT_YET;
  private boolean registered;
  private Adapter adapter;

  /**
   * A Dxgkrnl without a driver.
   *
   * @param memory system memory, which can be reached once the device has started
   * @param mapped the same as processes reach it through their mappings
   * @param kmd the driver that {@link #boot} loads
   * @param health is told of devices that fall in error
   */
  public Dxgkrnl(
      Cpu cpu,
      Supplier<SystemMemory> memory,
      Supplier<? extends MemoryAccess> mapped,
      DdiDoor kmd,
      HealthDoor health) {
    this.cpu = cpu;
    this.memory = memory;
    this.mapped = mapped;
    this.kmd = kmd;
    this.health = health;
  }

  /** Loads the driver and starts its adapter. PASSIVE_LEVEL. */
  public NtStatus boot() {
    NtStatus status = kmd.call(new DriverEntry(driverObject, REGISTRY_PATH)).status();
    if (status.succeeded()) {
      adapter =
          new Adapter(cpu, memory, kmd, handles, physicalDevice, OpenAdapterFromLuid.FIRST_ADAPTER);
      status = adapter.start();
    }
    boot = status.succeeded() ? Boot.RUNNING : Boot.FAILED;
    cpu.wakeAll(booted);
    return status;
  }

  /** Stops and removes the adapter and unloads the driver. Every process is gone. */
  public void shutdown() {
    if (adapter != null) adapter.stopAndRemove();
    if (registered) kmd.call(new Unload(driverObject));
  }

  /** A process: what it does comes through its door; {@link #endProcess} ends it. */
  public AppDoor startProcess(String name, int pid) {
    return new DxgProcess(name, pid, this, health);
  }

  /** A process is over: what it left behind is destroyed. PASSIVE_LEVEL. */
  public void endProcess(AppDoor process) {
    ((DxgProcess) process).exit();
  }

  /** The interrupt, at DIRQL. */
  public void interrupt() {
    if (adapter != null) adapter.interrupt();
  }

  /** The started adapter of that LUID, or null; waits until boot is over. */
  Adapter openAdapter(long luid) {
    while (boot == Boot.NOT_YET) cpu.await(booted);
    return boot == Boot.RUNNING && adapter.luid() == luid ? adapter : null;
  }

  /** The memory manager of the adapter that a process has opened. */
  VidMm vidMm() {
    return adapter.vidMm();
  }

  MemoryAccess mapped() {
    return mapped.get();
  }

  Cpu cpu() {
    return cpu;
  }

  HandleMaker handles() {
    return handles;
  }

  @Override
  @SuppressWarnings("unchecked") // the type of a callback names the type of its return
  public <R extends CallbackReturn> R call(DxgkCallback<R> callback) {
    CallbackReturn result =
        switch (callback) {
          case DxgkInitialize c -> new DxgkInitialize.Return(register(c));
          case GetDeviceInformation c -> deviceInformation(c);
          case NotifyInterrupt c -> {
            adapter.notifyInterrupt(c.data());
            yield new NotifyInterrupt.Return();
          }
          case QueueDpc _ -> new QueueDpc.Return(adapter.queueDpc());
          case NotifyDpc _ -> {
            adapter.notifyDpc();
            yield new NotifyDpc.Return();
          }
        };
    return (R) result;
  }

  /** wddm.md part 10, items 1 and 2; no driver can do without one of the calls that there are. */
  private NtStatus register(DxgkInitialize init) {
    if (registered) return NtStatus.INVALID_DEVICE_REQUEST;
    if (init.version() != DxgkInitialize.VERSION_WDDM2_0) return NtStatus.REVISION_MISMATCH;
    boolean whole = init.slots().containsAll(DdiCall.slots());
    if (!whole || !init.driverObject().equals(driverObject)) return NtStatus.INVALID_PARAMETER;
    registered = true;
    return NtStatus.SUCCESS;
  }

  private GetDeviceInformation.Return deviceInformation(GetDeviceInformation call) {
    boolean known = call.deviceHandle().equals(adapter.handle());
    return new GetDeviceInformation.Return(
        known ? NtStatus.SUCCESS : NtStatus.INVALID_PARAMETER, physicalDevice, REGISTRY_PATH);
  }
}
