package dev.systole.decoder.stream;

import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.Optional;

/**
 * A command with the header of IPEHR, and how ACTHD lies to it.
 *
 * @param other another command with that header at ACTHD, which is less likely
 */
record PointMatch(CommandRead command, Relation relation, Optional<CommandRead> other) {
  PointMatch(CommandRead command, Relation relation) {
    this(command, relation, Optional.empty());
  }
}
