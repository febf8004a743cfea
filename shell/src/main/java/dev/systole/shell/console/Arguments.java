package dev.systole.shell.console;

import dev.systole.shell.cli.CommandException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /** Takes the next word if it names one of these. */
  <T> Optional<T> nextIf(List<T> things, Function<T, String> nameOf) {
    String word = words.peek();
    Optional<T> named =
        things.stream().filter(thing -> nameOf.apply(thing).equals(word)).findFirst();
    if (named.isPresent()) words.remove();
    return named;
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
