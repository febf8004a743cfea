package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code DxgkInitialize}: the driver registers. PASSIVE_LEVEL, from {@link DriverEntry}.
 *
 * @param version DRIVER_INITIALIZATION_DATA.Version ({@code DXGKDDI_INTERFACE_VERSION_…})
 * @param slots numbers of the slots that are filled, ascending
 */
public record DxgkInitialize(
    KernelHandle.DriverObject driverObject, String registryPath, int version, List<Integer> slots)
    implements DxgkCallback<DxgkInitialize.Return> {
  /** The interface of Windows 10 1507. */
  public static final int VERSION_WDDM2_0 = 0x5023;

  public DxgkInitialize {
    slots = List.copyOf(slots);
  }

  public record Return(NtStatus status) implements CallbackReturn {}
}
