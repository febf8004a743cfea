package dev.systole.driver.dxgk;

import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.cpu.BugCheck;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.Timer;
import dev.systole.driver.ddi.AddDevice;
import dev.systole.driver.ddi.CreateContext;
import dev.systole.driver.ddi.CreateDevice;
import dev.systole.driver.ddi.CreateProcess;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DestroyContext;
import dev.systole.driver.ddi.DestroyDevice;
import dev.systole.driver.ddi.DestroyProcess;
import dev.systole.driver.ddi.DpcRoutine;
import dev.systole.driver.ddi.DxgkInitialize;
import dev.systole.driver.ddi.GetRootPageTableSize;
import dev.systole.driver.ddi.InterruptData;
import dev.systole.driver.ddi.InterruptRoutine;
import dev.systole.driver.ddi.RemoveDevice;
import dev.systole.driver.ddi.StartDevice;
import dev.systole.driver.ddi.StopDevice;
import dev.systole.driver.door.Blob;
import dev.systole.driver.door.HandleMaker;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import dev.systole.driver.dxgk.vidmm.VidMm;
import dev.systole.driver.dxgk.vidsch.Scheduler;
import dev.systole.driver.dxgk.vidsch.SchedulingDevice;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** The adapter: its life from AddDevice to RemoveDevice, and its interrupts. */
final class Adapter {
  /** From an interrupt to its DPC (wddm.md part 10, item 17). */
  private static final long DPC_DELAY_NANOS = 10_000;

  private static final int PACKETS_PER_NODE_DEFAULT = 2;
  private static final String SYSTEM = "System";
  private static final int SYSTEM_PID = 4;

  private enum State {
    ADDED,
    STARTED,
    FAILED,
    STOPPED
  }

  /** The objects of the operating system itself. */
  private record SystemObjects(
      KernelHandle.KmdProcess process,
      KernelHandle.KmdDevice device,
      SchedulingDevice schedulingDevice) {}

  private final Cpu cpu;
  private final Supplier<SystemMemory> memory;
  private final DdiDoor kmd;
  private final HandleMaker handles;
  private final KernelHandle.DxgkAdapter handle;
  private final long luid;
  private final KernelHandle.KmdAdapter kmdAdapter;
  private final Timer dpc;
  private final ArrayDeque<InterruptData> reports = new ArrayDeque<>();
  private State state = State.ADDED;
  private AdapterCaps caps;
  private Scheduler scheduler;
  private VidMm vidMm;
  private SystemObjects system;
  private VidMm.PagingContext paging;

  /** Adds the device that was found. */
  Adapter(
      Cpu cpu,
      Supplier<SystemMemory> memory,
      DdiDoor kmd,
      HandleMaker handles,
      KernelHandle.PhysicalDeviceObject physicalDevice,
      long luid) {
    this.cpu = cpu;
    this.memory = memory;
    this.kmd = kmd;
    this.handles = handles;
    this.luid = luid;
    handle = new KernelHandle.DxgkAdapter(handles.next(HandleMaker.ADAPTER));
    dpc = cpu.timer(this::runDpc);
    var added = kmd.call(new AddDevice(physicalDevice));
    kmdAdapter = added.miniportDeviceContext();
    if (!added.status().succeeded() || kmdAdapter.isNull()) state = State.FAILED;
  }

  KernelHandle.DxgkAdapter handle() {
    return handle;
  }

  KernelHandle.KmdAdapter kmdAdapter() {
    return kmdAdapter;
  }

  long luid() {
    return luid;
  }

  boolean started() {
    return state == State.STARTED;
  }

  DdiDoor kmd() {
    return kmd;
  }

  SystemMemory memory() {
    return memory.get();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  VidMm vidMm() {
    return vidMm;
  }

  int nodes() {
    return caps.driver().nbAsymetricProcessingNodes();
  }

  /** Starts the device and learns what it can (wddm.md 4.2, steps 5 to 10). */
  NtStatus start() {
    if (state != State.ADDED) return NtStatus.INVALID_DEVICE_REQUEST;
    state = State.STARTED;
    NtStatus started =
        kmd.call(new StartDevice(kmdAdapter, 0, luid, DxgkInitialize.VERSION_WDDM2_0, handle))
            .status();
    if (!started.succeeded()) {
      state = State.FAILED;
      return started;
    }
    try {
      caps = new AdapterQueries(kmd, kmdAdapter).ask();
      startSystem();
    } catch (AdapterQueries.Failure failure) {
      kmd.call(new StopDevice(kmdAdapter));
      state = State.FAILED;
      return failure.status();
    }
    return NtStatus.SUCCESS;
  }

  private void startSystem() {
    int cap = caps.driver().schedulingCaps().hwQueuePacketCap();
    scheduler = new Scheduler(cpu, kmd, nodes(), cap == 0 ? PACKETS_PER_NODE_DEFAULT : cap);
    var process =
        kmd.call(
                new CreateProcess(
                    kmdAdapter,
                    new KernelHandle.DxgkProcess(handles.next(HandleMaker.PROCESS)),
                    new CreateProcess.Flags(true),
                    SYSTEM,
                    SYSTEM_PID))
            .process();
    var device =
        kmd.call(
                new CreateDevice(
                    kmdAdapter,
                    new KernelHandle.DxgkDevice(handles.next(HandleMaker.DEVICE)),
                    new CreateDevice.Flags(true, false),
                    0,
                    process))
            .device();
    system = new SystemObjects(process, device, scheduler.addDevice(Adapter::systemDeviceLost));
    paging = createPagingContext();
    vidMm =
        new VidMm(
            cpu,
            memory.get(),
            kmd,
            kmdAdapter,
            scheduler,
            memoryModel(),
            paging,
            this::replacePagingContext);
  }

  private VidMm.PagingContext createPagingContext() {
    int node = caps.physical().pagingNodeIndex();
    var flags = new CreateContext.Flags(true, false, true);
    var created = kmd.call(new CreateContext(system.device(), node, 1, flags, Blob.EMPTY));
    if (!created.status().succeeded()) {
      throw new BugCheck("0x10e: no paging context: " + created.status());
    }
    var queue = scheduler.addContext(system.schedulingDevice(), created.context(), node, true);
    return new VidMm.PagingContext(system.process(), created.context(), queue);
  }

  private VidMm.PagingContext replacePagingContext() {
    destroyPagingContext();
    paging = createPagingContext();
    return paging;
  }

  private void destroyPagingContext() {
    kmd.call(new DestroyContext(paging.context()));
    scheduler.removeContext(paging.queue());
  }

  private VidMm.Model memoryModel() {
    int id = caps.memorySegmentId();
    var segment = caps.segments().get(id - 1);
    int indexBits = caps.pageTableLevels().getLast().pageTableIndexBitCount();
    long rootBytes = kmd.call(new GetRootPageTableSize(kmdAdapter, 1 << indexBits, 0)).sizeBytes();
    if (rootBytes != SystemMemory.PAGE_BYTES) {
      throw new IllegalStateException("a root page table of " + rootBytes + " bytes");
    }
    return new VidMm.Model(
        id,
        segment.cpuTranslatedAddress(),
        segment.sizeBytes(),
        caps.driver().apertureSegmentCommitLimitBytes(),
        caps.paging().pagingBufferBytes(),
        caps.mmu().virtualAddressBitCount(),
        caps.mmu().pageTableLevelCount(),
        indexBits);
  }

  private static void systemDeviceLost() {
    throw new BugCheck("0x119: the paging context was refused");
  }

  /** Stops the device when no work is left, and removes it. */
  void stopAndRemove() {
    if (state == State.STARTED) {
      if (!scheduler.idle()) throw new IllegalStateException("StopDevice with work queued");
      destroyPagingContext();
      scheduler.removeDevice(system.schedulingDevice());
      kmd.call(new DestroyDevice(system.device()));
      kmd.call(new DestroyProcess(kmdAdapter, system.process()));
      kmd.call(new StopDevice(kmdAdapter));
      state = State.STOPPED;
    }
    if (!kmdAdapter.isNull()) kmd.call(new RemoveDevice(kmdAdapter));
  }

  /** The interrupt, at DIRQL. */
  void interrupt() {
    if (state == State.STARTED) kmd.call(new InterruptRoutine(kmdAdapter, 0));
  }

  void notifyInterrupt(InterruptData data) {
    if (!cpu.inInterruptContext()) {
      throw new IllegalStateException("NotifyInterrupt below DIRQL");
    }
    reports.add(data);
  }

  boolean queueDpc() {
    if (dpc.armed()) return false;
    dpc.armIn(DPC_DELAY_NANOS);
    return true;
  }

  private void runDpc() {
    kmd.call(new DpcRoutine(kmdAdapter));
  }

  void notifyDpc() {
    if (reports.isEmpty()) throw new IllegalStateException("NotifyDpc without NotifyInterrupt");
    for (InterruptData report; (report = reports.poll()) != null; ) {
      switch (report) {
        case InterruptData.DmaCompleted done ->
            scheduler.dmaCompleted(done.nodeOrdinal(), done.submissionFenceId());
      }
    }
  }
}
