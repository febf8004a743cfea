package dev.systole.driver.ddi;

import dev.systole.driver.door.Blob;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiQueryAdapterInfo}. PASSIVE_LEVEL, level 0. Must not wake the hardware.
 *
 * @param input a structure of {@code dev.systole.driver.ddi.caps}, or empty
 * @param outputBytesMax OutputDataSize
 */
@Slot(17)
public record QueryAdapterInfo(
    KernelHandle.KmdAdapter adapter,
    AdapterInfoType type,
    Blob input,
    int outputBytesMax,
    KernelHandle.KmdProcess process)
    implements DdiCall<QueryAdapterInfo.Return> {
  /** The status and, on success, the bytes of the answer. */
  public record Return(NtStatus status, Blob output) implements DdiReturn {}
}
