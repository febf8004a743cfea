package dev.systole.driver.core.device;

import dev.systole.driver.core.DeviceException;
import dev.systole.errorstate.Capture;
import dev.systole.gpu.pci.PciFunction;
import java.util.List;

/** Finds the device in configuration space and turns it on. */
final class PciProbe {
  private static final int VENDOR = 0x00;
  private static final int DEVICE = 0x02;
  private static final int COMMAND = 0x04;
  private static final int REVISION = 0x08;
  private static final int BAR0 = 0x10;
  private static final int SUBSYSTEM_VENDOR = 0x2c;
  private static final int SUBSYSTEM_DEVICE = 0x2e;

  private static final int INTEL = 0x8086;
  private static final int MEMORY_SPACE_AND_BUS_MASTER = 0x6;
  private static final int BAR_ADDRESS_MASK = ~0xf;

  /** Tiger Lake with GT2 graphics (i915-kernel.md 1.8); their dies are of subplatform 1. */
  private static final List<Integer> TIGER_LAKE_GT2 =
      List.of(0x9a40, 0x9a49, 0x9a59, 0x9a78, 0x9ac0, 0x9ac9, 0x9ad9, 0x9af8);

  private PciProbe() {}

  /**
   * Enables the device and says what it is.
   *
   * @throws DeviceException when it is not a Tiger Lake with its registers mapped
   */
  static Capture.Device probe(PciFunction function) {
    int vendor = function.readConfig(VENDOR, 2) & 0xffff;
    int id = function.readConfig(DEVICE, 2) & 0xffff;
    if (vendor != INTEL || !TIGER_LAKE_GT2.contains(id)) {
      throw new DeviceException("%04x:%04x is not a Tiger Lake GPU".formatted(vendor, id));
    }
    int low = function.readConfig(BAR0, 4) & BAR_ADDRESS_MASK;
    int high = function.readConfig(BAR0 + Integer.BYTES, 4);
    if ((low | high) == 0) {
      throw new DeviceException("BAR 0 of %04x:%04x has no address".formatted(vendor, id));
    }
    int command = function.readConfig(COMMAND, 2);
    function.writeConfig(COMMAND, 2, command | MEMORY_SPACE_AND_BUS_MASTER);
    return new Capture.Device(
        "TIGERLAKE",
        1,
        id,
        function.readConfig(REVISION, 1) & 0xff,
        function.readConfig(SUBSYSTEM_VENDOR, 2) & 0xffff,
        function.readConfig(SUBSYSTEM_DEVICE, 2) & 0xffff,
        false);
  }
}
