package dev.systole.shell.console;

import dev.systole.errorstate.ActiveContext;
import dev.systole.errorstate.CapturedObject;
import dev.systole.errorstate.EngineState;
import java.io.IOException;
import java.io.PrintStream;

/** {@code engines}: each engine with its verdict, its context and what was captured for it. */
final class EnginesCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "engines";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "the engines, what they ran, what was captured";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    arguments.end();
    for (EngineState engine : console.subject().state().engines()) print(engine, console.out());
  }

  private static void print(EngineState engine, PrintStream out) {
    out.printf("%s  %s", engine.name(), engine.hung() ? "HUNG" : "not hung");
    engine.context().ifPresent(context -> out.print(", " + describe(context)));
    engine.resetCount().ifPresent(count -> out.printf(", %d resets before", count));
    out.print("\n");
    for (CapturedObject object : engine.objects()) {
      out.printf(
          "  %-14s 0x%012x  %d bytes%s\n",
          object.name(),
          object.address(),
          object.bytes().sizeBytes(),
          object.payload().damage().isPresent() ? ", damaged" : "");
    }
  }

  private static String describe(ActiveContext context) {
    return "context of "
        + context.process()
        + ", priority "
        + context.priority()
        + ", guilty of "
        + context.guilty();
  }
}
