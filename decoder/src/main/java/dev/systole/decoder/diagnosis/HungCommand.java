package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.Hex;
import dev.systole.decoder.stream.ExecutionPoint;
import java.util.OptionalLong;

/**
 * The command at which an engine stands.
 *
 * @param name of the programmer's reference, or {@code unknown}
 * @param address of its first dword; absent where it is not known
 * @param guessed whether the address is only what ACTHD suggests, because what was captured does
 *     not hold the command
 */
public record HungCommand(String name, OptionalLong address, boolean guessed) {
  static HungCommand of(ExecutionPoint point) {
    return point.command().isPresent()
        ? new HungCommand(
            point.name(), OptionalLong.of(point.command().get().location().address()), false)
        : new HungCommand(point.name(), point.guessedAddress(), point.guessedAddress().isPresent());
  }

  /** {@code 3DPRIMITIVE at 0xfffeffef00bc}. */
  @Override
  public String toString() {
    if (address.isEmpty()) return name;
    return name + (guessed ? ", probably at " : " at ") + Hex.address(address.getAsLong());
  }
}
