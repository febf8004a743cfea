package dev.systole.recorder.workload;

import dev.systole.driver.stack.AppProcess;
import java.util.List;
import java.util.Map;

/** Something to record: a set of processes that start together. */
public interface Workload {
  /** What it is called on the command line. */
  String name();

  /** What it does, in one line. */
  String summary();

  /** Its arguments, in the order in which they are listed. */
  List<Argument> arguments();

  /**
   * The processes, in the order in which they are started.
   *
   * @param arguments by name; those that are missing have their defaults
   * @param seed of everything random in them
   */
  List<AppProcess> processes(Map<String, String> arguments, long seed);

  /**
   * A number that can be set.
   *
   * @param defaultValue its value when it is not
   */
  record Argument(String name, String summary, int defaultValue, int min, int max) {
    /**
     * The value among {@code arguments}, else the default.
     *
     * @throws IllegalArgumentException when it is no number or outside of the bounds
     */
    public int in(Map<String, String> arguments) {
      String text = arguments.get(name);
      if (text == null) return defaultValue;
      try {
        int value = Integer.parseInt(text);
        if (value >= min && value <= max) return value;
      } catch (NumberFormatException e) {
        // told below, like a number outside of the bounds
      }
      throw new IllegalArgumentException(
          "argument %s=%s: give a number from %d to %d".formatted(name, text, min, max));
    }
  }
}
