package dev.systole.decoder.stream;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import java.util.Optional;

/** GPU memory as one engine sees it: what a dump captured of it, or what a recording wrote. */
public interface MemoryView {
  /**
   * The buffer that holds a place. Asked again for a place in it, the view answers with the same
   * object.
   */
  Optional<Buffer> bufferAt(Location location);

  /** The buffer at an address of which it is not known through which page tables it goes. */
  default Optional<Buffer> bufferAt(long address) {
    return bufferAt(new Location(Space.PPGTT, address))
        .or(() -> bufferAt(new Location(Space.GGTT, address)));
  }
}
