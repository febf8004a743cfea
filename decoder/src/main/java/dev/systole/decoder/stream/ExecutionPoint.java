package dev.systole.decoder.stream;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where an engine stood when its registers were read.
 *
 * @param name of the command that IPEHR shows, also when it was not found in memory
 * @param header IPEHR, the first dword of that command
 * @param command the command in memory, where what was captured holds it
 * @param other another command with that header at ACTHD, less likely to be the one
 * @param relation how ACTHD lies to that command
 * @param fetch the place that ACTHD means
 * @param inRing whether that place is in the ring
 * @param guessedAddress where the command was not found: its address if ACTHD is behind it
 */
public record ExecutionPoint(
    String name,
    int header,
    Optional<CommandRead> command,
    Optional<CommandRead> other,
    Relation relation,
    Location fetch,
    boolean inRing,
    OptionalLong guessedAddress) {

  /** How ACTHD lies to the command of IPEHR. */
  public enum Relation {
    INSIDE("inside it"),
    /** The usual case. */
    AFTER("behind it"),
    AT("at its first byte"),
    /** IPEHR is a jump and ACTHD what it led to. */
    JUMPED("where it led to"),
    /** The engine has read ahead. */
    NEAR("shortly behind it"),
    UNKNOWN("not near such a command in what was captured");

    private final String text;

    Relation(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Whether that command of the stream is the one. */
  public boolean isAt(CommandRead read) {
    return command.isPresent() && command.get().location().equals(read.location());
  }
}
