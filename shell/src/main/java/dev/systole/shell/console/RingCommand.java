package dev.systole.shell.console;

import dev.systole.decoder.stream.EngineStream;
import java.io.IOException;
import java.util.List;

/** {@code ring}: the commands in an engine's ring, by name. */
final class RingCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "ring";
  }

  @Override
  public String usage() {
    return "[ENGINE]";
  }

  @Override
  public String summary() {
    return "commands in an engine's ring, by name";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    EngineStream engine = console.engine(arguments);
    arguments.end();
    for (String register : List.of("START", "HEAD", "TAIL", "CTL")) {
      engine
          .state()
          .register(register)
          .ifPresent(value -> console.out().printf("  %-5s 0x%08x\n", register, value));
    }
    new CommandLines(engine, read -> read.level() == 0).print(Integer.MAX_VALUE, console.out());
  }
}
