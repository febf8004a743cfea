package dev.systole.shell.console;

import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.errorstate.Registers;
import dev.systole.shell.cli.CommandException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code regs}: the registers of an engine or of the GT, all or those whose names match. */
final class RegsCommand implements ConsoleCommand {
  private static final String GT = "gt";

  @Override
  public String name() {
    return "regs";
  }

  @Override
  public String usage() {
    return "[ENGINE|gt] [PART OF A NAME]";
  }

  @Override
  public String summary() {
    return "registers of an engine or of the GT";
  }

  @Override
  public List<String> candidates(ErrorState state) {
    return Stream.concat(state.engines().stream().map(EngineState::name), Stream.of(GT)).toList();
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    if (arguments.take(GT)) {
      print("gt", console.subject().state().registers(), arguments, console.out());
    } else {
      EngineState engine = console.engine(arguments).state();
      print(engine.name(), engine.registers(), arguments, console.out());
    }
  }

  private static void print(
      String owner, Registers registers, Arguments arguments, PrintStream out) {
    Optional<String> part = arguments.next().map(word -> word.toUpperCase(Locale.ROOT));
    arguments.end();
    boolean[] found = {false};
    registers
        .values()
        .forEach(
            (name, value) -> {
              if (!name.toUpperCase(Locale.ROOT).contains(part.orElse(""))) return;
              found[0] = true;
              out.printf(value >>> 32 == 0 ? "  %-24s 0x%08x\n" : "  %-24s 0x%016x\n", name, value);
            });
    if (!found[0]) {
      throw CommandException.usage(
          "no register of "
              + owner
              + part.map(word -> " has '" + word + "' in its name").orElse(""));
    }
  }
}
