package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkDdiInterruptRoutine}: the interrupt service routine. DIRQL: must not block. */
@Slot(6)
public record InterruptRoutine(KernelHandle.KmdAdapter adapter, int messageNumber)
    implements DdiCall<InterruptRoutine.Return> {
  /** Whether this adapter had raised the interrupt. */
  public record Return(boolean claimed) implements DdiReturn {}
}
