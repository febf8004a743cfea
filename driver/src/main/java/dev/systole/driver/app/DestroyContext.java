package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/** {@code D3DKMTDestroyContext}. Waits for what it has submitted. */
public record DestroyContext(KmtHandle.Context context) implements AppCall<DestroyContext.Return> {
  public record Return(NtStatus status) implements AppReturn {}
}
