package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiDestroyContext}. PASSIVE_LEVEL, level 0. */
@Slot(59)
public record DestroyContext(KernelHandle.KmdContext context)
    implements DdiCall<DestroyContext.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
