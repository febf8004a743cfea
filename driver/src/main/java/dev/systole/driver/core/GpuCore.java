package dev.systole.driver.core;

import dev.systole.spec.Engine;
import java.util.List;

/** The kernel-mode core of one GPU, as its front end sees it. */
public interface GpuCore {
  /**
   * Finds the device, wakes it, sets up GGTT, engines and interrupts. Thread context.
   *
   * @throws DeviceException when the device does not answer as a supported GPU
   */
  void load();

  /** Stops everything that still runs and puts the device to rest. Thread context. */
  void unload();

  /** The engines that this device has. */
  List<Engine> engines();

  /**
   * The interrupt service routine. Whoever owns the interrupt (the machine connects it) calls it in
   * interrupt context.
   *
   * @return whether this device had raised it
   */
  boolean interrupt();

  /** System memory that the GPU can reach. */
  SystemMemory memory();

  /** How this GPU's page tables are written. */
  PageTables pageTables();

  /**
   * A context: a ring, a register image and a timeline on one engine. Thread context.
   *
   * @param pageTableRoot bus address of the top-level page table (PML4), see {@link #pageTables}
   * @param priority 0 is normal; user contexts lie within -1023..1023
   */
  CoreContext createContext(Engine engine, ContextOwner owner, long pageTableRoot, int priority);

  /** Forgets the captured error, so that the next one is kept; only the first is. */
  void clearErrorState();

  /** Whether the GPU was given up: every request now completes with -EIO. */
  boolean wedged();
}
