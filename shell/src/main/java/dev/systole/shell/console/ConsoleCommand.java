package dev.systole.shell.console;

import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import java.io.IOException;
import java.util.List;

/** One command of the interactive shell. */
interface ConsoleCommand {
  /** The word that calls it. */
  String name();

  /** What may follow the name, as help shows it: {@code [ENGINE] [NAME]}; empty if nothing may. */
  String usage();

  /** What it does, in a few words. */
  String summary();

  /**
   * Does it.
   *
   * @throws dev.systole.shell.cli.CommandException if the arguments make no sense or the subject
   *     does not hold what they ask for
   */
  void run(Arguments arguments, Console console) throws IOException;

  /** Words that may come next, for completion. */
  default List<String> candidates(ErrorState state) {
    if (!usage().contains("ENGINE")) return List.of();
    return state.engines().stream().map(EngineState::name).toList();
  }
}
