package dev.systole.shell.console;

import dev.systole.errorstate.Damage;
import dev.systole.errorstate.EngineState;
import dev.systole.errorstate.ErrorState;
import dev.systole.timeline.ErrorStateTimeline;
import dev.systole.timeline.Timeline;
import java.io.PrintStream;
import java.util.List;

/** An error state. */
final class ErrorStateSubject implements Subject {
  private static final List<String> SHOWN =
      List.of(
          "Kernel", "Driver", "Platform", "PCI ID", "PCI Revision", "Time", "Uptime", "Capture");

  private final String name;
  private final ErrorState state;

  ErrorStateSubject(String name, ErrorState state) {
    this.name = name;
    this.state = state;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ErrorState state() {
    return state;
  }

  @Override
  public List<String> damages() {
    return state.damages().stream().map(Damage::toString).toList();
  }

  @Override
  public Timeline timeline() {
    return ErrorStateTimeline.of(state);
  }

  @Override
  public void describe(PrintStream out) {
    out.println(state.liveSnapshot() ? "i915 GPU state, not of a hang" : "i915 error state");
    state.hang().ifPresent(hang -> out.println("  " + hang));
    for (String key : SHOWN) {
      state.property(key).ifPresent(value -> out.printf("  %-13s %s\n", key, value));
    }
    for (EngineState engine : state.engines()) {
      out.printf(
          "  %-13s %s, %d objects captured\n",
          engine.name(), engine.hung() ? "HUNG" : "not hung", engine.objects().size());
    }
    damages().forEach(damage -> out.println("  damaged: " + damage));
  }
}
