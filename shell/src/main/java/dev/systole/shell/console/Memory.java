package dev.systole.shell.console;

import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import java.util.Optional;

/** Finds captured memory by its GPU address. */
final class Memory {
  private Memory() {}

  /**
   * The object that holds the byte at that address. Without an engine the one worth looking at
   * first comes first: the same address means different memory in different address spaces.
   */
  static Optional<CapturedObject> find(
      ErrorState state, Optional<EngineState> engine, long address) {
    if (engine.isPresent()) return engine.get().objectAt(address);
    return Arguments.preferred(state)
        .objectAt(address)
        .or(() -> state.objects().stream().filter(object -> object.contains(address)).findFirst());
  }
}
