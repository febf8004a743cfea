package dev.systole.gpu;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Commands as dwords. */
final class Commands {
  private Commands() {}

  /** One command behind the other. */
  static int[] join(int[]... commands) {
    return Stream.of(commands).flatMapToInt(IntStream::of).toArray();
  }

  /** A command of so many dwords, which are numbered. */
  static int[] ofLength(int header, int lengthDwords) {
    int[] command = IntStream.range(0, lengthDwords).toArray();
    command[0] = header | lengthDwords - 2;
    return command;
  }
}
