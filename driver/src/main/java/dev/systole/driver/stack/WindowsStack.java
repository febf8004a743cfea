package dev.systole.driver.stack;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.core.GpuCore;
import dev.systole.driver.core.MemoryAccess;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.WaitQueue;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.CallbackReturn;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.ddi.DxgkCallback;
import dev.systole.driver.dxgk.Dxgkrnl;
import dev.systole.driver.miniport.Miniport;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.pci.InterruptLine;
import java.util.List;
import java.util.function.Supplier;

/**
 * A Windows machine with one GPU: Dxgkrnl, the miniport and the core below it. {@link #start} runs
 * programs on it, from boot to shutdown, as soon as the {@link Cpu} runs.
 */
public final class WindowsStack {
  private final Cpu cpu;
  private final DoorWatch watch;
  private final Dxgkrnl dxgkrnl;
  private final WaitQueue processEnded = new WaitQueue("the processes to end");
  private int runningProcesses;

  /**
   * The layers, not booted.
   *
   * @param core drives the GPU; its interrupt belongs to {@link #interruptLine}
   * @param mapped memory as processes reach it through their mappings: not through the core's door
   *     to the device, since that is no doing of the kernel
   * @param watch stands in the doors
   */
  public WindowsStack(
      Cpu cpu,
      GpuCore core,
      Supplier<? extends MemoryAccess> mapped,
      HealthDoor health,
      DoorWatch watch) {
    this.cpu = cpu;
    this.watch = watch;
    var callbacks = new Callbacks();
    DdiDoor driver =
        new Miniport(
            core, new PacedDoors.Callbacks(watch.callbacks(callbacks), cpu.clock()), health);
    dxgkrnl =
        new Dxgkrnl(
            cpu, core::memory, mapped, new PacedDoors.Ddi(watch.ddi(driver), cpu.clock()), health);
    callbacks.target = dxgkrnl;
  }

  /** Where the driver's callbacks end, which is made after the driver. */
  private static final class Callbacks implements CallbackDoor {
    private CallbackDoor target;

    @Override
    public <R extends CallbackReturn> R call(DxgkCallback<R> callback) {
      return target.call(callback);
    }
  }

  /** The device's interrupt; whoever builds the machine connects it. */
  public InterruptLine interruptLine() {
    return timeNanos -> cpu.raiseInterrupt(timeNanos, dxgkrnl::interrupt);
  }

  /**
   * Lets a kernel thread boot, run the processes side by side, wait for all of them, and shut down.
   * Nothing happens before {@link Cpu#run}.
   */
  public void start(List<AppProcess> processes) {
    cpu.start("System", () -> live(List.copyOf(processes)));
  }

  private void live(List<AppProcess> processes) {
    dxgkrnl.boot();
    runningProcesses = processes.size();
    processes.forEach(this::start);
    while (runningProcesses > 0) cpu.await(processEnded);
    dxgkrnl.shutdown();
  }

  private void start(AppProcess process) {
    AppDoor kernel = dxgkrnl.startProcess(process.name(), process.pid());
    var running = new int[] {process.threads().size()};
    for (AppThread thread : process.threads()) {
      AppDoor watched = watch.app(process, thread, kernel);
      AppDoor door = thread.paced() ? new PacedDoors.App(watched, cpu.clock()) : watched;
      cpu.start(
          "%s[%d]/%s".formatted(process.name(), process.pid(), thread.name()),
          () -> {
            thread.body().accept(door);
            if (--running[0] > 0) return;
            dxgkrnl.endProcess(kernel);
            runningProcesses--;
            cpu.wakeAll(processEnded);
          });
    }
  }
}
