package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;

/**
 * {@code D3DKMTOpenAdapterFromLuid}. Waits until the adapter has started; DEVICE_DOES_NOT_EXIST
 * when there is none of that id.
 */
public record OpenAdapterFromLuid(long adapterLuid) implements AppCall<OpenAdapterFromLuid.Return> {
  /** The LUID of the first adapter (wddm.md part 10, item 13). */
  public static final long FIRST_ADAPTER = 0x1_0001;

  public record Return(NtStatus status, KmtHandle.Adapter adapter) implements AppReturn {}
}
