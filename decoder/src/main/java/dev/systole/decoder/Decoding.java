package dev.systole.decoder;

import dev.systole.decoder.command.RegisterNames;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.errorstate.ErrorState;
import java.util.List;
import java.util.Optional;

/** A dump as streams of commands, which are decoded when {@link EngineStream#forEach} asks. */
public final class Decoding {
  private final ErrorState dump;
  private final List<EngineStream> engines;
  private final RegisterNames registers;

  Decoding(ErrorState dump, List<EngineStream> engines, RegisterNames registers) {
    this.dump = dump;
    this.engines = List.copyOf(engines);
    this.registers = registers;
  }

  public ErrorState dump() {
    return dump;
  }

  /** The engines in the order of the dump, without those whose class is unknown. */
  public List<EngineStream> engines() {
    return engines;
  }

  /** The engine of that name, {@code rcs0}. */
  public Optional<EngineStream> engine(String name) {
    return engines.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  /**
   * The units that an INSTDONE register shows as busy.
   *
   * @param register its name in the spec, {@code SC_INSTDONE}
   */
  public List<String> busyUnits(String register, int value) {
    return registers.busyUnits(register, value);
  }
}
