package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/** {@code DxgkDdiDestroyProcess}. PASSIVE_LEVEL, level 0. */
@Slot(97)
public record DestroyProcess(KernelHandle.KmdAdapter adapter, KernelHandle.KmdProcess process)
    implements DdiCall<DestroyProcess.Return> {
  public record Return(NtStatus status) implements DdiReturn {}
}
