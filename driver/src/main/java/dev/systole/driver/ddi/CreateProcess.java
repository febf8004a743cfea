package dev.systole.driver.ddi;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.KernelHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code DxgkDdiCreateProcess}. PASSIVE_LEVEL, level 0.
 *
 * @param processId not an argument in the WDK: what the driver would learn from
 *     PsGetCurrentProcessId, which the call carries so that it stays a value
 */
@Slot(96)
public record CreateProcess(
    KernelHandle.KmdAdapter adapter,
    KernelHandle.DxgkProcess dxgkProcess,
    CreateProcess.Flags flags,
    String processName,
    int processId)
    implements DdiCall<CreateProcess.Return> {
  /** DXGK_CREATEPROCESSFLAGS. */
  public record Flags(@Bit(0) boolean systemProcess) {}

  public record Return(NtStatus status, KernelHandle.KmdProcess process) implements DdiReturn {}
}
