package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkCbQueueDpc}: asks for a call of {@link DpcRoutine}. Any level. */
public record QueueDpc(KernelHandle.DxgkAdapter deviceHandle)
    implements DxgkCallback<QueueDpc.Return> {
  /** Whether it was queued; it is not when one is queued already. */
  public record Return(boolean queued) implements CallbackReturn {}
}
