package dev.systole.driver.door;

/** What an application names: 32-bit {@code D3DKMT_HANDLE}s, valid in its process (wddm.md 0). */
public sealed interface KmtHandle extends Handle {
  record Adapter(long value) implements KmtHandle {}

  record Device(long value) implements KmtHandle {}

  record Context(long value) implements KmtHandle {}

  record Allocation(long value) implements KmtHandle {}

  record PagingQueue(long value) implements KmtHandle {}

  record SyncObject(long value) implements KmtHandle {}

  /** Memory that the process has mapped; the value is its address in the process. */
  record Mapping(long value) implements KmtHandle {}
}
