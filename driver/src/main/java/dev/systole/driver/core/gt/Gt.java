package dev.systole.driver.core.gt;

import dev.systole.driver.core.CoreConfig;
import dev.systole.driver.core.mm.Gen12PageTables;
import dev.systole.driver.core.mm.Ggtt;
import dev.systole.driver.core.mm.SystemPages;
import dev.systole.driver.cpu.Cpu;
import dev.systole.gpu.door.HealthDoor;

/**
 * What everything on a GT shares.
 *
 * @param config what the core was told
 * @param cpu where the driver runs
 * @param mmio the registers
 * @param forcewake the power wells
 * @param memory system memory
 * @param ggtt the global translation table
 * @param pageTables the format of the others
 * @param health what the machine tells about itself
 * @param log the kernel's log
 * @param status how the GT is
 */
public record Gt(
    CoreConfig config,
    Cpu cpu,
    Mmio mmio,
    Forcewake forcewake,
    SystemPages memory,
    Ggtt ggtt,
    Gen12PageTables pageTables,
    HealthDoor health,
    KernelLog log,
    GtStatus status) {
  /** The present, in virtual nanoseconds. */
  public long nowNanos() {
    return cpu.clock().nowNanos();
  }

  /** The present, in ticks. */
  public long jiffies() {
    return Jiffies.at(nowNanos());
  }
}
