package dev.systole.shell.console;

/** {@code help}. */
final class HelpCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "list the commands";
  }

  @Override
  public void run(Arguments arguments, Console console) {
    arguments.end();
    for (ConsoleCommand command : Console.commands()) {
      String call = (command.name() + " " + command.usage()).strip();
      console.out().printf("  %-34s %s\n", call, command.summary());
    }
  }
}
