package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;

/**
 * {@code DxgkDdiSetRootPageTable}. PASSIVE_LEVEL, level 1.
 *
 * @param address place of the root page table
 * @param numberOfEntries entries that it holds
 */
@Slot(91)
public record SetRootPageTable(
    KernelHandle.KmdAdapter adapter,
    KernelHandle.KmdContext context,
    GpuPhysicalAddress address,
    int numberOfEntries)
    implements DdiCall<SetRootPageTable.Return> {
  public record Return() implements DdiReturn {}
}
