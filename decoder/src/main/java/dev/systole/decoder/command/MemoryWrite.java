package dev.systole.decoder.command;

import java.util.Optional;

/** What a command may do besides its work: write immediate data to memory. */
public sealed interface MemoryWrite permits FlushDw, PipeControl, StoreDataImm {
  /** Where it writes; nothing when it does not, or only relative to a status page. */
  Optional<Location> destination();

  /** The first dword that it writes there. */
  int writtenDword();
}
