package dev.systole.decoder.stream;

import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.Location;
import dev.systole.decoder.command.SemaphoreWait;
import dev.systole.decoder.stream.ExecutionPoint.Relation;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks on the path that an engine took for the command of IPEHR, at one meaning of ACTHD. */
final class PathMatcher {
  /** Best first. */
  private static final List<Relation> EXACT =
      List.of(Relation.INSIDE, Relation.AFTER, Relation.AT, Relation.JUMPED);

  /** So far, in bytes, an engine may have read ahead. */
  private static final int READ_AHEAD_BYTES = 256;

  private final int header;
  private final Location fetch;
  private final GpuMemory memory;
  private final Map<Relation, CommandRead> found = new EnumMap<>(Relation.class);
  private CommandRead previous;

  PathMatcher(int header, Location fetch, GpuMemory memory) {
    this.header = header;
    this.fetch = fetch;
    this.memory = memory;
  }

  /** Takes the next command of the path. */
  void add(CommandRead read) {
    if (read.command().header() == header && read.location().space() == fetch.space()) {
      addCandidate(read);
    }
    if (previous != null
        && previous.command().header() == header
        && read.location().equals(fetch)) {
      found.putIfAbsent(Relation.JUMPED, previous);
    }
    previous = read;
  }

  private void addCandidate(CommandRead read) {
    long distance = fetch.address() - read.location().address();
    int length = fullLengthBytes(read.command());
    if (distance == 0) {
      found.putIfAbsent(Relation.AT, read);
    } else if (distance == length) {
      found.putIfAbsent(Relation.AFTER, read);
    } else if (distance > 0 && distance < length) {
      found.putIfAbsent(Relation.INSIDE, read);
    } else if (distance > 0 && distance <= READ_AHEAD_BYTES && capturedWhole(fetch)) {
      found.put(Relation.NEAR, read);
    }
  }

  private static int fullLengthBytes(Command command) {
    return (command.dwords().size() + command.missingDwords()) * Integer.BYTES;
  }

  private boolean capturedWhole(Location location) {
    return memory.bufferAt(location).filter(buffer -> buffer.damage().isEmpty()).isPresent();
  }

  /** The command at, around or just before ACTHD. */
  Optional<PointMatch> exact() {
    CommandRead after = found.get(Relation.AFTER);
    CommandRead at = found.get(Relation.AT);
    if (after != null && at != null) {
      return isOver(after.command())
          ? match(Relation.AT)
          : Optional.of(new PointMatch(after, Relation.AFTER, Optional.of(at)));
    }
    return EXACT.stream().filter(found::containsKey).findFirst().flatMap(this::match);
  }

  /** The last such command shortly before ACTHD. */
  Optional<PointMatch> near() {
    return match(Relation.NEAR);
  }

  private Optional<PointMatch> match(Relation relation) {
    return Optional.ofNullable(found.get(relation)).map(read -> new PointMatch(read, relation));
  }

  /** Whether the command is a wait at which the engine cannot stand any more. */
  private boolean isOver(Command command) {
    if (!(command instanceof SemaphoreWait wait) || wait.pollsRegister()) return false;
    OptionalInt value = memory.dword(wait.location());
    return value.isPresent() && wait.satisfiedBy(value.getAsInt());
  }
}
