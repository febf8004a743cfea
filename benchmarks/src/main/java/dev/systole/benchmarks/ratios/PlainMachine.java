package dev.systole.benchmarks.ratios;

import dev.systole.driver.core.BusMemory;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.Scheduling;
import dev.systole.driver.core.device.I915Core;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.PacedFunction;
import dev.systole.driver.stack.AppProcess;
import dev.systole.driver.stack.DoorWatch;
import dev.systole.driver.stack.WindowsStack;
import dev.systole.gpu.fault.FaultPlan;
import dev.systole.gpu.pci.Gpu;
import dev.systole.gpu.platform.Platform;
import dev.systole.gpu.sim.VirtualClock;
import java.util.List;

/** The machine that the recorder records, without anybody in its doors: what recording costs. */
final class PlainMachine {
  private final Cpu cpu;
  private final WindowsStack stack;

  PlainMachine(Platform platform) {
    var clock = new VirtualClock();
    var gpu = new Gpu(platform, clock, FaultPlan.none(), (_, _) -> {});
    cpu = new Cpu(clock, gpu);
    var bus = new PacedFunction(gpu, clock);
    var health = new NobodyListens();
    var core = new I915Core(CoreConfig.tigerLake(Scheduling.OPERATING_SYSTEM), cpu, bus, health);
    stack = new WindowsStack(cpu, core, () -> new BusMemory(gpu), health, DoorWatch.NOBODY);
    bus.connect(stack.interruptLine());
  }

  Cpu.Outcome run(List<AppProcess> processes, long limitNanos) {
    stack.start(processes);
    return cpu.run(limitNanos);
  }
}
