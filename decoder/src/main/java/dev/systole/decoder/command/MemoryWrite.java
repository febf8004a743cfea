package dev.systole.decoder.command;

import java.util.Optional;
import java.util.OptionalInt;

/** What a command may do besides its work: write immediate data to memory. */
public sealed interface MemoryWrite permits FlushDw, PipeControl, StoreDataImm {
  /** Where it writes immediate data; nothing when it does not, or relative to a status page. */
  Optional<Location> destination();

  /** What it writes there. */
  Dwords data();

  /** The dword that it writes to a place, if it does. */
  default OptionalInt writtenTo(Location location) {
    if (destination().isEmpty() || destination().get().space() != location.space()) {
      return OptionalInt.empty();
    }
    long offset = location.address() - destination().get().address();
    return offset >= 0 && offset < data().sizeBytes()
        ? OptionalInt.of(data().get((int) offset / Integer.BYTES))
        : OptionalInt.empty();
  }
}
