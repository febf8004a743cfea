package dev.systole.shell.console;

/** {@code quit}. */
final class QuitCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "quit";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "leave (so does Ctrl-D)";
  }

  @Override
  public void run(Arguments arguments, Console console) {
    arguments.end();
    console.quit();
  }
}
