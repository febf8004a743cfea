package dev.systole.driver.ddi;

import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiGetNodeMetadata}. PASSIVE_LEVEL. Must succeed for every node.
 *
 * @param nodeOrdinalAndAdapterIndex node in the low 16 bits, physical adapter in the high 16
 */
@Slot(83)
public record GetNodeMetadata(KernelHandle.KmdAdapter adapter, int nodeOrdinalAndAdapterIndex)
    implements DdiCall<GetNodeMetadata.Return> {
  public record Return(
      NtStatus status,
      EngineType engineType,
      String friendlyName,
      boolean gpuMmuSupported,
      boolean ioMmuSupported)
      implements DdiReturn {}
}
