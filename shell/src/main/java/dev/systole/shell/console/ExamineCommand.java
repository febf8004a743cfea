package dev.systole.shell.console;

import dev.systole.decoder.command.Dwords;
import java.io.IOException;
import java.io.PrintStream;

/** {@code x}: dwords of captured memory. */
final class ExamineCommand implements ConsoleCommand {
  private static final int DWORDS_PER_LINE = 4;
  private static final int DEFAULT_DWORDS = 16;
  private static final int MAX_DWORDS = 1 << 16;

  @Override
  public String name() {
    return "x";
  }

  @Override
  public String usage() {
    return "[ENGINE] ADDRESS [DWORDS]";
  }

  @Override
  public String summary() {
    return "captured memory at a GPU address";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    var engines = console.enginesToAsk(arguments);
    long address = arguments.address();
    int dwords = arguments.count(DEFAULT_DWORDS, MAX_DWORDS);
    arguments.end();
    print(Place.find(engines, address & -Integer.BYTES), dwords, console.out());
  }

  private static void print(Place place, int count, PrintStream out) {
    Dwords dwords = place.rest();
    int end = Math.min(count, dwords.size());
    for (int i = 0; i < end; i++) {
      int offsetBytes = i * Integer.BYTES;
      if (i % DWORDS_PER_LINE == 0) {
        out.printf("0x%012x ", place.location().plus(offsetBytes).address());
      }
      out.printf(" %08x", dwords.get(i));
      if (i % DWORDS_PER_LINE < DWORDS_PER_LINE - 1 && i < end - 1) continue;
      int lineStart = offsetBytes - i % DWORDS_PER_LINE * Integer.BYTES;
      out.printf(
          "  %s %s+0x%x\n",
          place.buffer().owner(), place.buffer().name(), place.offsetBytes() + lineStart);
    }
  }
}
