package dev.systole.driver.app;

import dev.systole.driver.door.KmtHandle;

/**
 * What the threads of one process can do to the kernel. An access to mapped memory must not cross a
 * 4 KiB page, so that it has one bus address.
 *
 * @throws AccessViolationException from the accesses: nothing is mapped there, or not writable
 */
public interface AppDoor {
  /** Calls a thunk; blocks where the thunk does. */
  <R extends AppReturn> R call(AppCall<R> call);

  /** Where an address of a mapping lies at the moment. */
  long busAddress(KmtHandle.Mapping mapping, long offsetBytes);

  /** Reads a little-endian dword. */
  int read32(KmtHandle.Mapping mapping, long offsetBytes);

  /** Writes a little-endian dword. */
  void write32(KmtHandle.Mapping mapping, long offsetBytes, int value);

  /** Reads a little-endian qword. */
  long read64(KmtHandle.Mapping mapping, long offsetBytes);

  /** Writes a little-endian qword. */
  void write64(KmtHandle.Mapping mapping, long offsetBytes, long value);

  /** Copies out of mapped memory into a part of {@code target}. */
  void read(KmtHandle.Mapping mapping, long offsetBytes, byte[] target, int from, int lengthBytes);

  /** Copies a part of {@code source} into mapped memory. */
  void write(KmtHandle.Mapping mapping, long offsetBytes, byte[] source, int from, int lengthBytes);
}
