package dev.systole.decoder;

import dev.systole.decoder.stream.EngineStream;
import dev.systole.errorstate.ErrorState;
import java.util.List;
import java.util.Optional;

/**
 * A dump as streams of commands. Commands are decoded when {@link EngineStream#forEach} asks.
 *
 * @param engines in the order of the dump; without those whose class is unknown
 */
public record Decoding(ErrorState dump, List<EngineStream> engines) {
  public Decoding {
    engines = List.copyOf(engines);
  }

  /** The engine of that name, {@code rcs0}. */
  public Optional<EngineStream> engine(String name) {
    return engines.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }
}
