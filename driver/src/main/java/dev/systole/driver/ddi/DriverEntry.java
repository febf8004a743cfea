package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DriverEntry}: the image was loaded. PASSIVE_LEVEL. Registers with {@link DxgkInitialize}
 * and returns what that returned.
 */
public record DriverEntry(KernelHandle.DriverObject driverObject, String registryPath)
    implements DdiCall<DriverEntry.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
