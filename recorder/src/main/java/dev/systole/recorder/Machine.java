package dev.systole.recorder;

import dev.systole.driver.app.AppDoor;
import dev.systole.driver.core.BusMemory;
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
import dev.systole.trace.HandoffSink;
import dev.systole.trace.event.Lane;
import java.util.List;

/** A whole machine: GPU, CPU, driver stack, and a probe in every door. It runs once. */
public final class Machine {
  /** For {@link #run}: no end at a certain time. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /** A run ends so long after the last thing that an application did (DESIGN part 6). */
  private static final long PATIENCE_NANOS = 90_000_000_000L;

  private final VirtualClock clock = new VirtualClock();
  private final Cpu cpu;
  private final HandoffSink events;
  private final Recording recording;
  private final WindowsStack stack;

  /** A machine that is switched off; {@code sink} is told everything that passes its doors. */
  public Machine(MachineConfig config, EventSink sink) {
    events = new HandoffSink(sink);
    var world = new WorldProbe(events);
    var gpu = new Gpu(config.platform(), clock, config.faults(), world);
    cpu = new Cpu(clock, gpu);
    recording = new Recording(events, cpu, gpu);
    var bus = new PacedFunction(new BusProbe(gpu, recording), clock);
    var health = new HealthProbe(recording);
    var core = new I915Core(CoreConfig.tigerLake(Scheduling.OPERATING_SYSTEM), cpu, bus, health);
    stack = new WindowsStack(cpu, core, () -> new BusMemory(gpu), health, new Probes(recording));
    bus.connect(stack.interruptLine());
  }

  /** The clock of the machine. */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Boots, runs the processes side by side, and shuts down; ends early when for 90 virtual seconds
   * no application does anything.
   *
   * @param untilNanos virtual time at which the run ends at the latest, or {@link #NO_LIMIT}
   */
  public Cpu.Outcome run(List<AppProcess> processes, long untilNanos) {
    stack.start(processes);
    try (events) {
      long limitNanos = Math.min(untilNanos, PATIENCE_NANOS);
      while (true) {
        Cpu.Outcome outcome = cpu.run(limitNanos);
        long laterNanos = Math.min(untilNanos, recording.lastStepNanos() + PATIENCE_NANOS);
        if (!(outcome instanceof Cpu.Outcome.TimeLimit) || laterNanos <= limitNanos) {
          recording.hashState(); // what a replay of the hardware alone must end with
          return outcome;
        }
        limitNanos = laterNanos;
      }
    } finally {
      cpu.shutDown();
    }
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
