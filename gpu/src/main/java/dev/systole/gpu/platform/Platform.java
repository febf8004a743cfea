package dev.systole.gpu.platform;

import dev.systole.spec.Engine;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated part is, as opposed to the state that it is in.
 *
 * @param name on the command line ({@code tgl})
 * @param summary one line for {@code systole list platforms}
 * @param deviceId PCI device
 * @param revision PCI revision
 * @param engines that the part has, in the order of the kernel's engine ids
 * @param systemMemoryBytes memory reachable by DMA, from bus address zero
 * @param lowestFrequencyUnits,efficientFrequencyUnits,highestFrequencyUnits RPn, RP1 and RP0 in
 *     units of 50/3 MHz (i915-kernel.md 7.3)
 * @param liteRestoreAtOnce whether new work for the running context is acknowledged without waiting
 *     for an arbitration point (i915-kernel.md 2.3, note)
 * @param costs of commands
 */
public record Platform(
    String name,
    String summary,
    int deviceId,
    int revision,
    List<Engine> engines,
    long systemMemoryBytes,
    int lowestFrequencyUnits,
    int efficientFrequencyUnits,
    int highestFrequencyUnits,
    boolean liteRestoreAtOnce,
    CostModel costs) {
  /** Tiger Lake GT2 with its render and copy engines; 100 to 1300 MHz; 4 GiB of memory. */
  public static final Platform TGL =
      new Platform(
          "tgl",
          "Tiger Lake GT2 (8086:9a49), render and copy engine, 4 GiB of system memory",
          0x9a49,
          1,
          List.of(Engine.RCS0, Engine.BCS0),
          4L << 30,
          6,
          24,
          78,
          true,
          CostModel.TIGER_LAKE);

  public Platform {
    engines = List.copyOf(engines);
  }

  /** All platforms, in the order in which they are listed. */
  public static List<Platform> all() {
    return List.of(TGL);
  }

  /** The platform of that name, if there is one. */
  public static Optional<Platform> byName(String name) {
    return all().stream().filter(platform -> platform.name().equals(name)).findFirst();
  }

  /** The same part with another {@link #liteRestoreAtOnce}. */
  public Platform withLiteRestoreAtOnce(boolean atOnce) {
    return new Platform(
        name,
        summary,
        deviceId,
        revision,
        engines,
        systemMemoryBytes,
        lowestFrequencyUnits,
        efficientFrequencyUnits,
        highestFrequencyUnits,
        atOnce,
        costs);
  }
}
