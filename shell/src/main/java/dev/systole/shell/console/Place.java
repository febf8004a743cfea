package dev.systole.shell.console;

import dev.systole.decoder.command.Dwords;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.Space;
import dev.systole.decoder.stream.Buffer;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.shell.cli.CommandException;
import java.util.List;
import java.util.Optional;

/**
 * A place in captured memory.
 *
 * @param engine the engine through whose page tables it was found
 */
record Place(EngineStream engine, Buffer buffer, Location location) {
  /** Where a user's address may lie, batches first; the number alone does not tell. */
  private static final List<Space> SPACES = List.of(Space.PPGTT, Space.GGTT);

  /**
   * Finds what was captured at an address.
   *
   * @param engines in the order in which they are asked
   */
  static Place find(List<EngineStream> engines, long address) {
    return engines.stream()
        .flatMap(engine -> in(engine, address).stream())
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "nothing was captured at 0x%x; 'engines' lists what was".formatted(address)));
  }

  private static Optional<Place> in(EngineStream engine, long address) {
    return SPACES.stream()
        .map(space -> new Location(space, address))
        .flatMap(location -> at(engine, location).stream())
        .findFirst();
  }

  private static Optional<Place> at(EngineStream engine, Location location) {
    return engine.memory().bufferAt(location).map(buffer -> new Place(engine, buffer, location));
  }

  /** The place behind so many bytes, if it was captured as well. */
  Optional<Place> plus(int bytes) {
    return at(engine, location.plus(bytes));
  }

  /** The dwords from here to the end of the buffer. */
  Dwords rest() {
    int index = (int) (offsetBytes() / Integer.BYTES);
    return buffer.content().slice(index, buffer.content().size() - index);
  }

  /** How far into its buffer it lies. */
  long offsetBytes() {
    return location.address() - buffer.start().address();
  }
}
