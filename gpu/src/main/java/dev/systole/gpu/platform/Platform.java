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
 * @param architecture how contexts and their events are laid out
 * @param engines that the part has, in the order of the kernel's engine ids
 * @param systemMemoryBytes memory reachable by DMA, from bus address zero
 * @param localMemoryBytes memory on the card; 0: there is none
 * @param faulting whether an access to a page that is not present stops the engine with a fault;
 *     otherwise it reads zero and loses writes (i915-kernel.md 6.1)
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
    Architecture architecture,
    List<Engine> engines,
    long systemMemoryBytes,
    long localMemoryBytes,
    boolean faulting,
    int lowestFrequencyUnits,
    int efficientFrequencyUnits,
    int highestFrequencyUnits,
    boolean liteRestoreAtOnce,
    CostModel costs) {
  /** Tiger Lake GT2 with all its engines; 100 to 1300 MHz; 4 GiB of memory. */
  public static final Platform TGL =
      new Platform(
          "tgl",
          "Tiger Lake GT2 (8086:9a49), render, copy and media engines, 4 GiB of system memory",
          0x9a49,
          1,
          Architecture.XE_LP,
          List.of(Engine.RCS0, Engine.BCS0, Engine.VCS0, Engine.VCS1, Engine.VECS0),
          4L << 30,
          0,
          false,
          6,
          24,
          78,
          true,
          CostModel.TIGER_LAKE);

  /**
   * Arc A770 with one engine of each class and a second video engine; 300 to 2400 MHz; 4 GiB of
   * system and 16 GiB of local memory. The real part is driven through its microcontroller alone;
   * this one takes execution lists.
   */
  public static final Platform DG2 =
      new Platform(
          "dg2",
          "Arc A770 (8086:56a0), render, copy, media and compute engines, 16 GiB of local memory",
          0x56a0,
          8,
          Architecture.XE_HPG,
          List.of(Engine.RCS0, Engine.BCS0, Engine.VCS0, Engine.VCS1, Engine.VECS0, Engine.CCS0),
          4L << 30,
          16L << 30,
          true,
          18,
          36,
          144,
          true,
          CostModel.DG2);

  public Platform {
    engines = List.copyOf(engines);
  }

  /** All platforms, in the order in which they are listed. */
  public static List<Platform> all() {
    return List.of(TGL, DG2);
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
        architecture,
        engines,
        systemMemoryBytes,
        localMemoryBytes,
        faulting,
        lowestFrequencyUnits,
        efficientFrequencyUnits,
        highestFrequencyUnits,
        atOnce,
        costs);
  }
}
