package dev.systole.shell.console;

import dev.systole.errorstate.ErrorState;
import dev.systole.timeline.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** What the interactive shell looks at. */
public interface Subject {
  /** How prompts call it: the file's name without its folder. */
  String name();

  /** What kind of file this is and what it holds, in a few lines. */
  void describe(PrintStream out) throws IOException;

  /**
   * The state of the GPU that the commands look into.
   *
   * @throws dev.systole.shell.cli.CommandException if there is none
   */
  ErrorState state() throws IOException;

  /** What is wrong with the file, as far as has been seen; one line each. */
  List<String> damages();

  /** What happened when, as far as the file tells. */
  Timeline timeline() throws IOException;
}
