package dev.systole.driver.core.device;

import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.DeviceException;
import dev.systole.driver.core.capture.ErrorCapture;
import dev.systole.driver.core.execlists.Execlists;
import dev.systole.driver.core.gt.Forcewake;
import dev.systole.driver.core.gt.Gt;
import dev.systole.driver.core.gt.GtInterrupts;
import dev.systole.driver.core.gt.GtStatus;
import dev.systole.driver.core.gt.KernelLog;
import dev.systole.driver.core.gt.Mmio;
import dev.systole.driver.core.mm.Gen12PageTables;
import dev.systole.driver.core.mm.Ggtt;
import dev.systole.driver.core.mm.SystemPages;
import dev.systole.driver.core.request.GpuContext;
import dev.systole.driver.core.request.Priority;
import dev.systole.driver.core.request.Request;
import dev.systole.driver.core.reset.EngineReset;
import dev.systole.driver.core.reset.GtReset;
import dev.systole.driver.core.reset.Guilt;
import dev.systole.driver.core.reset.HangHandling;
import dev.systole.driver.cpu.Cpu;
import dev.systole.driver.cpu.WorkQueue;
import dev.systole.errorstate.Capture;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.Engine;
import dev.systole.spec.ForcewakeDomain;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** A device that was found, with its engines (i915: i915_driver.c: i915_driver_probe). */
final class I915Device {
  /** How long an engine may take to run a request of the driver's own (i915: HZ / 5). */
  private static final long IDLE_TIMEOUT_NANOS = 200_000_000;

  private final Gt gt;
  private final WorkQueue workQueue;
  private final GtInterrupts interrupts;
  private final Map<Engine, EngineUnit> units = new EnumMap<>(Engine.class);
  private final ErrorCapture capture;
  private final GtReset gtReset;
  private final HangHandling hangHandling;
  private final long kernelPageTableRoot;
  private int nextContextId = 1;

  /** Sets the device up, with all engines at rest and interrupts off. */
  I915Device(
      CoreConfig config, Cpu cpu, PciFunction function, HealthDoor health, SystemPages memory) {
    Capture.Device identity = PciProbe.probe(function);
    var log = new KernelLog(health);
    var forcewake = new Forcewake(function, cpu, log, domains(config.engines()));
    forcewake.reset();
    var mmio = new Mmio(function, cpu, forcewake);
    var ggtt = new Ggtt(function, memory);
    var pageTables = new Gen12PageTables(memory);
    gt =
        new Gt(config, cpu, mmio, forcewake, memory, ggtt, pageTables, health, log, new GtStatus());
    workQueue = new WorkQueue(cpu, "i915");
    interrupts = new GtInterrupts(mmio, log, this::engineInterrupt);
    kernelPageTableRoot = pageTables.createTable(Gen12PageTables.LEVELS - 1);
    for (Engine engine : config.engines()) {
      units.put(
          engine,
          new EngineUnit(
              gt, engine, nextContextId++, kernelPageTableRoot, workQueue, this::heartbeatStopped));
    }
    List<Execlists> execlists = units.values().stream().map(EngineUnit::execlists).toList();
    var engineReset = new EngineReset(gt, new Guilt(gt));
    capture = new ErrorCapture(gt, execlists, identity, workQueue);
    gtReset = new GtReset(gt, engineReset, execlists);
    hangHandling = new HangHandling(capture, engineReset, gtReset);
    for (Execlists each : execlists) {
      each.onError(reason -> hangHandling.engineError(each, reason));
    }
  }

  private static List<ForcewakeDomain> domains(List<Engine> engines) {
    var domains = EnumSet.of(ForcewakeDomain.RENDER, ForcewakeDomain.GT);
    engines.forEach(engine -> domains.add(engine.forcewakeDomain()));
    return List.copyOf(domains);
  }

  Gt gt() {
    return gt;
  }

  ErrorCapture capture() {
    return capture;
  }

  /** Makes the engines ready, enables interrupts, and records what new contexts begin with. */
  void start() {
    gt.status().setInitialisedNanos(gt.nowNanos());
    units.values().forEach(unit -> unit.execlists().initialise());
    interrupts.enable();
    units.forEach(this::recordDefaultState);
  }

  /** The first context of an engine runs once; what the hardware saves of it is the default. */
  private void recordDefaultState(Engine engine, EngineUnit unit) {
    GpuContext context = createContext(engine, ContextOwner.KERNEL, kernelPageTableRoot, 0);
    Request request = context.submitEmpty(Priority.NORMAL);
    if (!unit.awaitParked(IDLE_TIMEOUT_NANOS) || !request.completed()) {
      throw new DeviceException(engine + " does not run its first request");
    }
    unit.setDefaultState(context.image().saved());
    context.destroy();
  }

  GpuContext createContext(Engine engine, ContextOwner owner, long root, int priority) {
    EngineUnit unit = units.get(engine);
    if (unit == null) throw new IllegalArgumentException("there is no engine " + engine);
    // Where the operating system schedules, all its packets are of one priority.
    int ownPriority =
        switch (gt.config().scheduling()) {
          case CORE -> priority;
          case OPERATING_SYSTEM -> Priority.NORMAL;
        };
    return GpuContext.ofUser(
        unit.execlists().engine(),
        nextContextId++,
        owner,
        ownPriority,
        unit,
        unit.defaultState(),
        root);
  }

  boolean interrupt() {
    return interrupts.handle();
  }

  private void engineInterrupt(Engine engine, int bits) {
    EngineUnit unit = units.get(engine);
    if (unit != null) unit.execlists().interrupt(bits);
  }

  private void heartbeatStopped(Execlists execlists, String reason) {
    hangHandling.heartbeatStopped(execlists, reason);
  }

  /** Waits for the engines, gives up what does not end, and puts the device to rest. */
  void stop() {
    boolean idle = true;
    for (EngineUnit unit : units.values()) idle &= unit.awaitParked(IDLE_TIMEOUT_NANOS);
    if (!idle) gtReset.giveUp();
    units.values().forEach(EngineUnit::shutDown);
    workQueue.stop();
    interrupts.disable();
    gt.forcewake().sleep();
  }
}
