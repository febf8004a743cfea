package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/**
 * {@code DxgkCbNotifyDpc}: lets the OS process what {@link NotifyInterrupt} left. DISPATCH_LEVEL.
 */
public record NotifyDpc(KernelHandle.DxgkAdapter deviceHandle)
    implements DxgkCallback<NotifyDpc.Return> {
  public record Return() implements CallbackReturn {}
}
