package dev.systole.decoder.diagnosis;

import dev.systole.decoder.command.Location;
import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.decoder.stream.StreamElement.JumpNotFollowed;
import dev.systole.decoder.stream.StreamElement.SectionEnd;
import dev.systole.decoder.stream.StreamElement.SectionStart;
import java.util.ArrayList;
import java.util.List;

/** The commands of an engine in the order of execution, and what is odd about their path. */
final class CommandPath {
  static final int NOWHERE = -1;

  private final List<CommandRead> commands = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private final List<Location> ends = new ArrayList<>();
  private int point = NOWHERE;
  private boolean complete = true;

  /**
   * Commands that lead back to where they came from.
   *
   * @param first index of the command that the last one jumps to
   * @param last index of that jump
   */
  record Loop(int first, int last) {
    boolean contains(int index) {
      return first <= index && index <= last;
    }
  }

  static CommandPath of(EngineStream engine) {
    var path = new CommandPath();
    engine.forEach(
        element -> {
          switch (element) {
            case SectionStart _ -> {}
            case CommandRead read -> path.add(engine, read);
            case JumpNotFollowed jump -> path.add(jump);
            case SectionEnd end -> path.add(end);
          }
        });
    return path;
  }

  private void add(EngineStream engine, CommandRead read) {
    if (engine.point().isPresent() && engine.point().get().isAt(read)) point = commands.size();
    commands.add(read);
  }

  private void add(JumpNotFollowed jump) {
    switch (jump.reason()) {
      case LOOP -> loops.add(new Loop(indexOf(jump.target()), commands.size() - 1));
      case NOT_CAPTURED, TOO_DEEP, PREDICATED -> complete = false;
      case ALREADY_DECODED -> {}
    }
  }

  private int indexOf(Location location) {
    for (int i = commands.size() - 1; i >= 0; i--) {
      CommandRead read = commands.get(i);
      if (read.location().space() == location.space()
          && read.command().covers(location.address())) {
        return i;
      }
    }
    return 0;
  }

  private void add(SectionEnd end) {
    switch (end.reason()) {
      case RAN_OUT -> ends.add(end.location());
      case DAMAGED -> complete = false;
      case TAIL, BATCH_BUFFER_END, JUMP, ALREADY_DECODED -> {}
    }
  }

  List<CommandRead> commands() {
    return commands;
  }

  /** Index of the command at which the engine stands, or {@link #NOWHERE}. */
  int point() {
    return point;
  }

  List<Loop> loops() {
    return loops;
  }

  /** Where batches run out of their buffers. */
  List<Location> ends() {
    return ends;
  }

  /** Whether everything that was jumped to was captured, and whole. */
  boolean complete() {
    return complete;
  }
}
