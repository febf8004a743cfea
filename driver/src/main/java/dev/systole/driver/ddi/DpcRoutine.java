package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkDdiDpcRoutine}: the rest of an interrupt. DISPATCH_LEVEL: must not block. */
@Slot(7)
public record DpcRoutine(KernelHandle.KmdAdapter adapter) implements DdiCall<DpcRoutine.Return> {
  public record Return() implements DdiReturn {}
}
