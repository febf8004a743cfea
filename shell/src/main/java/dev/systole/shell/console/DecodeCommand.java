package dev.systole.shell.console;

import dev.systole.decoder.Decoder;
import dev.systole.decoder.DecodingText;
import dev.systole.decoder.command.Command;
import dev.systole.decoder.command.Field;
import dev.systole.decoder.stream.EngineStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code decode}: all commands of an engine with their fields, or those at an address. */
final class DecodeCommand implements ConsoleCommand {
  private static final int MAX_COMMANDS = 1 << 16;

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public String usage() {
    return "[ENGINE] [ADDRESS [COMMANDS]]";
  }

  @Override
  public String summary() {
    return "commands with their fields";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    List<EngineStream> engines = console.enginesToAsk(arguments);
    if (arguments.isEmpty()) {
      new DecodingText(console.out(), true).write(engines.getFirst());
      return;
    }
    long address = arguments.address();
    int commands = arguments.count(1, MAX_COMMANDS);
    arguments.end();
    print(Place.find(engines, address & -Integer.BYTES), commands, console.out());
  }

  private static void print(Place start, int commands, PrintStream out) {
    Decoder decoder = Decoder.gen12();
    Optional<Place> place = Optional.of(start);
    for (int i = 0; i < commands && place.isPresent(); i++) {
      Place at = place.get();
      Command command = decoder.command(at.rest().toArray(), at.engine().engineClass());
      out.printf(
          "  0x%012x  %08x  %s\n", at.location().address(), command.header(), command.name());
      for (Field field : command.fields()) {
        out.printf("      %s: %s\n", field.name(), field.text());
      }
      place = at.plus(command.lengthBytes());
    }
  }
}
