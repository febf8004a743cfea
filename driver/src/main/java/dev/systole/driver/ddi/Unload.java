package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkDdiUnload}: the last call into the image. PASSIVE_LEVEL, level 3. */
@Slot(14)
public record Unload(KernelHandle.DriverObject driverObject) implements DdiCall<Unload.Return> {
  public record Return() implements DdiReturn {}
}
