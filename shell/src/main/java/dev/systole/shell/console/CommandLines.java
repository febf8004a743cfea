package dev.systole.shell.console;

import dev.systole.decoder.stream.EngineStream;
import dev.systole.decoder.stream.StreamElement.CommandRead;
import dev.systole.shell.cli.CommandException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Commands of an engine, a line each: address, first dword and name. */
final class CommandLines {
  private final EngineStream engine;
  private final Predicate<CommandRead> wanted;

  CommandLines(EngineStream engine, Predicate<CommandRead> wanted) {
    this.engine = engine;
    this.wanted = wanted;
  }

  /**
   * Prints the commands wanted.
   *
   * @param around at most so many on either side of where the engine stood, if it stood among them
   */
  void print(int around, PrintStream out) {
    List<CommandRead> reads = reads();
    if (reads.isEmpty()) {
      throw CommandException.usage("no such commands of " + engine.name() + " were captured");
    }
    int place = place(reads);
    int from = place < 0 ? 0 : (int) Math.max(0L, (long) place - around);
    int to = place < 0 ? reads.size() : (int) Math.min(reads.size(), place + 1L + around);
    if (from > 0) out.printf("  … %d commands\n", from);
    for (CommandRead read : reads.subList(from, to)) print(read, out);
    if (to < reads.size()) out.printf("  … %d commands\n", reads.size() - to);
  }

  private List<CommandRead> reads() {
    var reads = new ArrayList<CommandRead>();
    engine.forEach(
        element -> {
          if (element instanceof CommandRead read && wanted.test(read)) reads.add(read);
        });
    return reads;
  }

  private int place(List<CommandRead> reads) {
    for (int i = 0; i < reads.size(); i++) if (stoodAt(reads.get(i))) return i;
    return -1;
  }

  private boolean stoodAt(CommandRead read) {
    return engine.point().filter(point -> point.isAt(read)).isPresent();
  }

  private void print(CommandRead read, PrintStream out) {
    String mark = "";
    if (engine.isHung(read)) mark = "  <-- HUNG";
    else if (stoodAt(read)) mark = "  <-- was here";
    out.printf(
        "  %s0x%012x  %08x  %s%s\n",
        "  ".repeat(Math.max(0, read.level() - 1)),
        read.location().address(),
        read.command().header(),
        read.command().name(),
        mark);
  }
}
