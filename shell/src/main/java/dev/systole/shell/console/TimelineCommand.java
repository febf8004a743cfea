package dev.systole.shell.console;

import dev.systole.timeline.TextTimeline;
import java.io.IOException;

/** {@code timeline}. */
final class TimelineCommand implements ConsoleCommand {
  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String summary() {
    return "what happened when";
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    arguments.end();
    console.out().print(TextTimeline.print(console.subject().timeline()));
  }
}
