package dev.systole.shell.console;

import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.shell.cli.CommandException;
import dev.systole.shell.cli.Suggestions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The words behind a command, taken from left to right. */
final class Arguments {
  private final Deque<String> words;

  Arguments(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  Optional<String> next() {
    return Optional.ofNullable(words.poll());
  }

  /** Takes the next word if it is this one. */
  boolean take(String word) {
    if (!word.equals(words.peek())) return false;
    words.remove();
    return true;
  }

  /** Takes the engine that the next word names; without one, the engine worth looking at first. */
  EngineState engine(ErrorState state) {
    if (words.isEmpty()) return preferred(state);
    String name = words.remove();
    return state
        .engine(name)
        .orElseThrow(
            () ->
                CommandException.usage(
                    Suggestions.unknown(
                        "engine", name, state.engines().stream().map(EngineState::name).toList())));
  }

  /** Takes an engine if the next word names one. */
  Optional<EngineState> engineIfNamed(ErrorState state) {
    Optional<EngineState> engine = Optional.ofNullable(words.peek()).flatMap(state::engine);
    if (engine.isPresent()) words.remove();
    return engine;
  }

  /** The engine that hung first in the dump, else the first. */
  static EngineState preferred(ErrorState state) {
    return state.engines().stream()
        .filter(EngineState::hung)
        .findFirst()
        .or(() -> state.engines().stream().findFirst())
        .orElseThrow(() -> CommandException.usage("there is no engine in this dump"));
  }

  /** Takes a hexadecimal address, with or without {@code 0x}. */
  long address() {
    String word = next().orElseThrow(() -> CommandException.usage("an address is missing"));
    String digits = word.startsWith("0x") || word.startsWith("0X") ? word.substring(2) : word;
    try {
      return Long.parseUnsignedLong(digits.replace("_", ""), 16);
    } catch (NumberFormatException e) {
      throw CommandException.usage("'" + word + "' is no address; write it as 0x1000");
    }
  }

  /** Takes a decimal count between 1 and {@code max}; without one, {@code otherwise}. */
  int count(int otherwise, int max) {
    String word = words.poll();
    if (word == null) return otherwise;
    try {
      int count = Integer.parseInt(word);
      if (count >= 1 && count <= max) return count;
    } catch (NumberFormatException e) {
      // falls through to the same message
    }
    throw CommandException.usage("'" + word + "' is no count from 1 to " + max);
  }

  /** Complains about a word too many. */
  void end() {
    if (!words.isEmpty()) throw CommandException.usage("what is '" + words.peek() + "' for?");
  }
}
