package dev.systole.recorder;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.device.I915Core;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.PacedFunction;
import dev.systole.driver.ddi.CallbackDoor;
import dev.systole.driver.ddi.DdiDoor;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.AppThread;
import dev.systole.driver.stack.DoorWatch;
import dev.systole.driver.stack.WindowsStack;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.sim.VirtualClock;
import dev.systole.recorder.probe.AppProbe;
import dev.systole.recorder.probe.BusProbe;
import dev.systole.recorder.probe.CallbackProbe;
import dev.systole.recorder.probe.DdiProbe;
import dev.systole.recorder.probe.HealthProbe;
import dev.systole.recorder.probe.Recording;
import dev.systole.recorder.probe.WorldProbe;
import dev.systole.trace.EventSink;
import dev.systole.trace.event.Lane;
import java.util.List;

/** A whole machine: GPU, CPU, driver stack, and a probe in every door. It runs once. */
public final class Machine {
  private final VirtualClock clock = new VirtualClock();
  private final Cpu cpu;
  private final WindowsStack stack;

  /** A machine that is switched off; {@code sink} is told everything that passes its doors. */
  public Machine(MachineConfig config, EventSink sink) {
    var world = new WorldProbe(sink);
    var gpu = new Gpu(config.platform(), clock, config.faults(), world);
    cpu = new Cpu(clock, gpu);
    var recording = new Recording(sink, cpu, gpu);
    var bus = new PacedFunction(new BusProbe(gpu, recording), clock);
    var health = new HealthProbe(recording);
    var core = new I915Core(CoreConfig.tigerLake(Scheduling.OPERATING_SYSTEM), cpu, bus, health);
    stack = new WindowsStack(cpu, core, () -> new UserMemory(gpu), health, new Probes(recording));
    bus.connect(stack.interruptLine());
  }

  /** The clock of the machine. */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Boots, runs the processes side by side, and shuts down.
   *
   * @param limitNanos virtual time at which the run ends at the latest
   */
  public Cpu.Outcome run(List<AppProcess> processes, long limitNanos) {
    stack.start(processes);
    return cpu.run(limitNanos);
  }

  /** Puts the probes into the doors of the stack. */
  private record Probes(Recording recording) implements DoorWatch {
    @Override
    public AppDoor app(AppProcess process, AppThread thread, AppDoor door) {
      return new AppProbe(door, recording, Lane.of(process.name(), process.pid(), thread.name()));
    }

    @Override
    public DdiDoor ddi(DdiDoor door) {
      return new DdiProbe(door, recording);
    }

    @Override
    public CallbackDoor callbacks(CallbackDoor door) {
      return new CallbackProbe(door, recording);
    }
  }
}
