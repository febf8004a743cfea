package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/** {@code DxgkDdiGetRootPageTableSize}: bytes of a root page table of so many entries. */
@Slot(92)
public record GetRootPageTableSize(
    KernelHandle.KmdAdapter adapter, int numberOfPte, int physicalAdapterIndex)
    implements DdiCall<GetRootPageTableSize.Return> {
  public record Return(long sizeBytes) implements DdiReturn {}
}
