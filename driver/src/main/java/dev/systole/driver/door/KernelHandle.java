package dev.systole.driver.door;

/**
 * What Dxgkrnl and the kernel-mode driver name to each other: opaque 64-bit values, never addresses
 * (wddm.md part 10, item 12).
 */
public sealed interface KernelHandle extends Handle {
  /** The loaded image. Made by the OS. */
  record DriverObject(long value) implements KernelHandle {}

  /** The PCI function that the OS found. */
  record PhysicalDeviceObject(long value) implements KernelHandle {}

  /** The OS's adapter object: {@code DXGKRNL_INTERFACE.DeviceHandle}. */
  record DxgkAdapter(long value) implements KernelHandle {}

  /** The OS's process object. */
  record DxgkProcess(long value) implements KernelHandle {}

  /** The OS's device object. */
  record DxgkDevice(long value) implements KernelHandle {}

  /** {@code MiniportDeviceContext}: the driver's adapter, {@code hAdapter} of most calls. */
  record KmdAdapter(long value) implements KernelHandle {}

  record KmdProcess(long value) implements KernelHandle {}

  record KmdDevice(long value) implements KernelHandle {}

  record KmdContext(long value) implements KernelHandle {}

  record KmdAllocation(long value) implements KernelHandle {}

  /** {@code hDeviceSpecificAllocation}: an allocation as one device sees it. */
  record KmdOpenAllocation(long value) implements KernelHandle {}
}
