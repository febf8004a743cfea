package dev.systole.shell.console;

import java.io.IOException;

/** {@code info}. */
final class InfoCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "info";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "what this file is, and what it holds";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    arguments.end();
    console.subject().describe(console.out());
  }
}
