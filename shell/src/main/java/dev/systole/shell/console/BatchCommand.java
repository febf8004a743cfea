package dev.systole.shell.console;

import dev.systole.decoder.stream.EngineStream;
import java.io.IOException;

/** {@code batch}: the commands of an engine's batches by name, or those around where it stood. */
final class BatchCommand implements ConsoleCommand {
  private static final int MAX_AROUND = 1 << 20;

  @Override
  public String name() {
    return "batch";
  }

  @Override
  public String usage() {
    return "[ENGINE] [COMMANDS AROUND]";
  }

  @Override
  public String summary() {
    return "commands of an engine's batches, by name";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    EngineStream engine = console.engine(arguments);
    int around = arguments.count(MAX_AROUND, MAX_AROUND);
    arguments.end();
    new CommandLines(engine, read -> read.level() > 0).print(around, console.out());
  }
}
