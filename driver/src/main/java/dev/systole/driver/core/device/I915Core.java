package dev.systole.driver.core.device;

import dev.systole.driver.core.ContextOwner;
import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.CoreContext;
import dev.systole.driver.core.GpuCore;
import dev.systole.driver.core.PageTables;
import dev.systole.driver.core.SystemMemory;
import dev.systole.driver.core.mm.SystemPages;
import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.door.HealthDoor;
import dev.systole.gpu.pci.PciFunction;
import dev.systole.spec.Engine;
import java.util.List;

/** The core of one GPU. */
public final class I915Core implements GpuCore {
  /** Pages below belong to firmware. */
  private static final long MEMORY_START = 0x0100_0000;

  private final CoreConfig config;
  private final Cpu cpu;
  private final PciFunction function;
  private final HealthDoor health;
  private final SystemPages memory;
  private I915Device device;

  /** A core that has touched nothing yet. */
  public I915Core(CoreConfig config, Cpu cpu, PciFunction function, HealthDoor health) {
    this.config = config;
    this.cpu = cpu;
    this.function = function;
    this.health = health;
    this.memory = new SystemPages(function, MEMORY_START, config.memoryBytes());
  }

  @Override
  public void load() {
    if (device != null) throw new IllegalStateException("the core is loaded");
    device = new I915Device(config, cpu, function, health, memory);
    device.start();
  }

  @Override
  public void unload() {
    loaded().stop();
    device = null;
    memory.freeAll();
  }

  @Override
  public List<Engine> engines() {
    return config.engines();
  }

  @Override
  public boolean interrupt() {
    return device != null && device.interrupt();
  }

  @Override
  public SystemMemory memory() {
    return memory;
  }

  @Override
  public PageTables pageTables() {
    return loaded().gt().pageTables();
  }

  @Override
  public CoreContext createContext(
      Engine engine, ContextOwner owner, long pageTableRoot, int priority) {
    return loaded().createContext(engine, owner, pageTableRoot, priority);
  }

  @Override
  public void clearErrorState() {
    loaded().capture().clear();
  }

  @Override
  public boolean wedged() {
    return loaded().gt().status().wedged();
  }

  private I915Device loaded() {
    if (device == null) throw new IllegalStateException("the core is not loaded");
    return device;
  }
}
