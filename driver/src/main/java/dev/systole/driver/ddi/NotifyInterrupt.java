package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkCbNotifyInterrupt}: reports what an interrupt was about. DIRQL; a DPC must follow. */
public record NotifyInterrupt(KernelHandle.DxgkAdapter deviceHandle, InterruptData data)
    implements DxgkCallback<NotifyInterrupt.Return> {
  public record Return() implements CallbackReturn {}
}
