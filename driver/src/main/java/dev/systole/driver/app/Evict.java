package dev.systole.driver.app;

import dev.systole.driver.door.Bit;
import dev.systole.driver.door.KmtHandle;
import dev.systole.driver.door.NtStatus;
import java.util.List;

/**
 * {@code D3DKMTEvict}: takes a reference from the residency of each allocation. The memory of one
 * that has none left goes to system memory.
 */
public record Evict(
    KmtHandle.Device device, List<KmtHandle.Allocation> allocations, Evict.Flags flags)
    implements AppCall<Evict.Return> {
  /** D3DDDI_EVICT_FLAGS: with {@code evictOnlyIfNecessary} it goes when the room is needed. */
  public record Flags(@Bit(0) boolean evictOnlyIfNecessary) {}

  public Evict {
    allocations = List.copyOf(allocations);
  }

  public record Return(NtStatus status, long numBytesToTrim) implements AppReturn {}
}
