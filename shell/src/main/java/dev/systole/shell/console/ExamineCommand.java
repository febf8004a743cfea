package dev.systole.shell.console;

import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.shell.cli.CommandException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

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
  public List<String> candidates(ErrorState state) {
    return state.engines().stream().map(EngineState::name).toList();
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    ErrorState state = console.subject().state();
    Optional<EngineState> engine = arguments.engineIfNamed(state);
    long address = arguments.address() & ~3L;
    int dwords = arguments.count(DEFAULT_DWORDS, MAX_DWORDS);
    arguments.end();
    CapturedObject object =
        Memory.find(state, engine, address)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "nothing was captured at 0x%x; 'engines' lists what was"
                            .formatted(address)));
    print(object, address, dwords, console.out());
  }

  private static void print(CapturedObject object, long address, int dwords, PrintStream out) {
    int offset = (int) (address - object.address());
    int end = (int) Math.min(object.bytes().sizeBytes() & ~3L, offset + 4L * dwords);
    for (int line = offset; line < end; line += 4 * DWORDS_PER_LINE) {
      out.printf("0x%012x ", object.address() + line);
      for (int at = line; at < Math.min(end, line + 4 * DWORDS_PER_LINE); at += 4) {
        out.printf(" %08x", object.bytes().dword(at));
      }
      out.printf("  %s %s+0x%x\n", object.owner(), object.name(), line);
    }
  }
}
